//! Every limit of this crate, with its reason.

/// How much of the beginning is looked at for text kinds. Scripts and pages show what they are early; a file that
/// hides it behind a longer comment is still text, and its name says what would run it.
pub(crate) const HEAD_BYTES_MAX: usize = 4096;

/// PDF readers accept the header anywhere in the first 1024 bytes (PDF 1.7, appendix H, note 13).
pub(crate) const PDF_HEADER_WITHIN_BYTES: usize = 1024;

/// Objects of a PDF, all versions of all of them: a catalogue of thousands of pages has some hundred thousand.
pub(crate) const PDF_OBJECTS_MAX: usize = 500_000;

/// Values in one object of a PDF; the longest are lists of pages and widths of letters.
pub(crate) const PDF_OBJECT_ITEMS_MAX: usize = 1_000_000;

/// Lists and dictionaries in each other within one object of a PDF. Writers stay below ten.
pub(crate) const PDF_NESTING_MAX: usize = 64;

/// Bytes of all object streams of a PDF, unpacked, which are kept while it is read.
pub(crate) const PDF_OBJECT_STREAM_BYTES_MAX: usize = 128 * 1024 * 1024;

/// Filters of one stream of a PDF, one over the other. Writers use two; hiding places six.
pub(crate) const PDF_FILTERS_MAX: usize = 16;

/// One row of a stream of a PDF with a predictor.
pub(crate) const PDF_ROW_BYTES_MAX: usize = 1024 * 1024;

/// Actions of a PDF that are looked at; a form has some for each of its fields.
pub(crate) const PDF_ACTIONS_MAX: usize = 20_000;

/// Annotations of one page that are looked at for links that cover it.
pub(crate) const PDF_LINKS_MAX: usize = 2_000;

/// Pictures of a PDF that are searched for codes: pages made to be scanned by a telephone are the first ones.
pub(crate) const PDF_IMAGES_MAX: usize = 20;

/// Pixels of these pictures together: two scanned pages.
pub(crate) const PDF_IMAGES_PIXELS_MAX: usize = 20_000_000;

/// Bytes of one script or form of a PDF. Forms with tables inside reach some megabytes.
pub(crate) const PDF_SCRIPT_BYTES_MAX: usize = 8 * 1024 * 1024;

/// Bytes of a page that are read. Pages that carry a disc image as text reach some tens of megabytes.
pub(crate) const PAGE_BYTES_MAX: usize = 64 * 1024 * 1024;

/// Long texts and attribute values of a page that are kept as data for its scripts.
pub(crate) const PAGE_DATA_MAX: usize = 1_000;

/// Long constants of a script that are decoded; bundles of libraries have some hundred.
pub(crate) const PAGE_CONSTANTS_MAX: usize = 5_000;

/// Lines of a calendar entry; a year's calendar has some ten thousand.
pub(crate) const CALENDAR_LINES_MAX: usize = 200_000;

/// Links taken of one line of a calendar entry.
pub(crate) const CALENDAR_LINKS_MAX: usize = 20;

/// Pictures with a shorter side have no room for a code: the smallest has 21 modules and a margin.
pub(crate) const PICTURE_SIDE_PIXELS_MIN: usize = 40;

/// Pixels of a picture that is searched for codes.
pub(crate) const PICTURE_PIXELS_MAX: usize = 40_000_000;

/// Memory for decoding one picture: 40 megapixels in four colours, and a second copy of a part.
pub(crate) const PICTURE_MEMORY_BYTES_MAX: u64 = 200 * 1024 * 1024;

/// Longer side of a picture as it is searched; on a scanned page, a code of two centimetres is still readable.
pub(crate) const PICTURE_SEARCHED_SIDE_PIXELS_MAX: usize = 2_000;

/// Pixels of a picture that is searched for light codes on dark ground as well: photographs of those are rare.
pub(crate) const PICTURE_INVERTED_PIXELS_MAX: usize = 1_000_000;

/// Codes decoded of one picture.
pub(crate) const PICTURE_CODES_MAX: usize = 20;

/// A file behind the end of a PDF is longer than the line ends and spaces that writers leave there.
pub(crate) const PDF_APPENDED_BYTES_MIN: usize = 64;

/// `mshta` runs a page with an `hta:application` element wherever it stands; pages keep it in their head.
pub(crate) const HTA_ELEMENT_WITHIN_BYTES: usize = 256 * 1024;

/// Where Word still finds `MIME-Version` or the ActiveMime part of a saved page.
pub(crate) const MHT_MARK_WITHIN_BYTES: usize = 256 * 1024;

/// Sectors of allocation table listed in a compound file: enough for 2 GiB.
pub(crate) const OLE_FAT_SECTORS_MAX: usize = 32_768;

/// Directory entries looked at in a compound file. Real documents have fewer than a hundred; mailboxes saved as
/// one message some thousands.
pub(crate) const OLE_ENTRIES_MAX: usize = 16_384;

/// Bytes read of one stream of a compound file. Flags stand at the beginning, `FILEPASS` in the first records.
pub(crate) const OLE_STREAM_BYTES_MAX: usize = 64 * 1024;

/// Records looked at in a BIFF stream before giving up on `FILEPASS` and `ADDIN`, which come first.
pub(crate) const BIFF_RECORDS_MAX: usize = 512;

/// Members of a ZIP archive looked at, listed or not: more than a purse pays for, and as many as the end record counts
/// without its 64-bit companion.
pub(crate) const ZIP_MEMBERS_MAX: usize = 65_536;

/// End records of a ZIP archive believed: a comment may hold a false one, and one archive may follow another.
pub(crate) const ZIP_DIRECTORIES_MAX: usize = 4;

/// Marks looked at that could stand in front of sizes behind a content: several for each member.
pub(crate) const ZIP_DESCRIPTORS_MAX: usize = 262_144;

/// Extra fields of a header looked at. Writers make fewer than ten; many headers may lead to the same 64 KiB of them.
pub(crate) const ZIP_EXTRA_FIELDS_MAX: usize = 256;

/// Bytes of a member's name that are looked at; Windows stops at 260 characters, others at 4,096 bytes.
pub(crate) const ZIP_NAME_BYTES_MAX: usize = 4_096;

/// Bytes inflated of a small describing member (`[Content_Types].xml`, `mimetype`, a manifest).
pub(crate) const ZIP_MEMBER_BYTES_MAX: usize = 256 * 1024;

/// The end record of a ZIP archive stands in the last 64 KiB and 22 bytes (APPNOTE 4.3.16).
pub(crate) const ZIP_END_WITHIN_BYTES: usize = 65_535 + 22;

/// A prefix in front of a ZIP archive within which a first local header is looked for when no end record is there.
pub(crate) const ZIP_PREFIX_BYTES_MAX: usize = 1024;

/// Bytes of a command with its variables put in. `cmd` takes 8,191 characters and PowerShell 32,767; scripts are
/// commands line after line.
pub(crate) const COMMAND_BYTES_MAX: usize = 1024 * 1024;

/// Variables remembered of one batch of commands; those that hide have one for each letter, in both cases.
pub(crate) const COMMAND_VARIABLES_MAX: usize = 1024;

/// Blocks behind a shortcut's strings; Windows knows eleven sorts and writes each once.
pub(crate) const LNK_BLOCKS_MAX: usize = 64;

/// Items of a shortcut's list: a path has 260 characters, long ones some thousands of folders at most.
pub(crate) const LNK_ITEMS_MAX: usize = 1024;

/// Elements looked at in one settings or script file. Console files of an organisation have some thousands.
pub(crate) const TAGS_MAX: usize = 65_536;

/// Attributes of one element.
pub(crate) const TAG_ATTRIBUTES_MAX: usize = 256;

/// Bytes of a text file that are read as settings or script. The largest scripts of frameworks have some megabytes; a
/// script that is filled up beyond this is noted as too large.
pub(crate) const TEXT_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Bytes of one string that a script builds. Programs carried in scripts are larger; they are data, not commands.
pub(crate) const SCRIPT_TEXT_BYTES_MAX: usize = 1024 * 1024;

/// Values in one list of a script.
pub(crate) const SCRIPT_LIST_MAX: usize = 65_536;

/// Calls, names and strings kept of one script. The largest bundles of web programs stay below.
pub(crate) const SCRIPT_CALLS_MAX: usize = 262_144;

/// Tokens of one script. A megabyte of dense code has some 400,000.
pub(crate) const SCRIPT_TOKENS_MAX: usize = 4_000_000;

/// Brackets, calls and lists inside one another in one expression of a script. Folded programs have some dozens.
pub(crate) const SCRIPT_DEPTH_MAX: usize = 48;

/// Texts that a script hands to `eval`, read in their turn.
pub(crate) const SCRIPT_EVALS_MAX: usize = 32;

/// Variables remembered of one script.
pub(crate) const SCRIPT_VARIABLES_MAX: usize = 65_536;

/// Encoded blocks of one script file or page.
pub(crate) const SCRIPT_ENCODED_BLOCKS_MAX: usize = 256;

/// Strings of an installer database. The largest office suites have some hundred thousand.
pub(crate) const MSI_STRINGS_MAX: usize = 2_000_000;

/// Columns of all tables of an installer database; the documented tables have about 600.
pub(crate) const MSI_COLUMNS_MAX: usize = 16_384;

/// Rows read of one table. Only the tables of actions, sequences and properties are.
pub(crate) const MSI_ROWS_MAX: usize = 65_536;

/// Custom actions judged of one installer; large ones have some hundreds.
pub(crate) const MSI_ACTIONS_MAX: usize = 8_192;

/// Files of one compiled help. The largest references have some ten thousand topics.
pub(crate) const CHM_ENTRIES_MAX: usize = 65_536;

/// Bytes of one topic that are searched for commands and scripts.
pub(crate) const CHM_TOPIC_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Exported names of a program looked at.
pub(crate) const PE_EXPORTS_MAX: usize = 4_096;

/// Sections of a program looked at (the loader itself stops at 96).
pub(crate) const PE_SECTIONS_MAX: usize = 96;

/// Blocks of a RAR or ARJ archive looked at for encryption flags.
pub(crate) const ARCHIVE_BLOCKS_MAX: usize = 4_096;

/// Bytes unpacked of the header of a 7z archive, to see whether its members are encrypted.
pub(crate) const SEVEN_ZIP_HEADER_BYTES_MAX: usize = 1024 * 1024;

/// Coders of a folder of a 7z archive, and inputs of one of them: the format's own programs stop at 32.
pub(crate) const SEVEN_ZIP_CODERS_MAX: usize = 32;

/// Files and streams listed of a 7z archive: five times the members that a mail may have.
pub(crate) const SEVEN_ZIP_FILES_MAX: usize = 100_000;

/// Bytes of an unpacked header of a 7z archive: some hundred for each file.
pub(crate) const SEVEN_ZIP_HEADER_UNPACKED_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// Packed headers within packed headers. Packers write one.
pub(crate) const SEVEN_ZIP_HEADER_NESTED_MAX: usize = 4;

/// Blocks of a RAR archive, read for its members: three times the members that a mail may have.
pub(crate) const RAR_BLOCKS_MAX: usize = 65_536;

/// A file packed by RAR 2 is unpacked in memory as a whole. RAR 2 is of 1996; its files were small.
pub(crate) const RAR2_MEMBER_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// Headers of an LZH archive, directories among them: three times the members that a mail may have.
pub(crate) const LZH_MEMBERS_MAX: usize = 65_536;

/// Extensions of one LZH header; writers know about a dozen kinds.
pub(crate) const LZH_EXTENSIONS_MAX: usize = 64;

/// How far the next LZH header is looked for behind a damaged one.
pub(crate) const LZH_SEARCH_BYTES_MAX: usize = 1024 * 1024;

/// A name in a cabinet has at most 256 bytes ([MS-CAB] 2.4); Unicode ones may be written longer.
pub(crate) const CAB_NAME_BYTES_MAX: usize = 1024;

/// How often a folder of a cabinet is unpacked from its beginning again, for files that overlap. Writers make none.
pub(crate) const CAB_REWINDS_MAX: usize = 8;

/// Archives looked at behind the beginning of a program or picture. Setup programs keep a few.
pub(crate) const APPENDED_ARCHIVES_MAX: usize = 16;

/// Memory for dictionaries and models while one stream is unpacked: a quarter of a reader's address space. The largest
/// presets of packers take 64 MiB (7z), 192 MiB (PPMd) and 256 MiB (large solid archives).
pub(crate) const UNPACK_DICTIONARY_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// Repetition at the end of a file below this size is ordinary: alignment, reserved space, unused table rows.
pub(crate) const PADDING_BYTES_MIN: usize = 1024 * 1024;

/// The longest pattern whose repetition counts as padding.
pub(crate) const PADDING_PATTERN_BYTES_MAX: usize = 64;

/// Other bytes allowed behind the padding: an end record, a signature, a closing bracket.
pub(crate) const PADDING_TRAILER_BYTES_MAX: usize = 64 * 1024;

/// An extension longer than this is no extension but the end of a sentence.
pub(crate) const EXTENSION_CHARACTERS_MAX: usize = 24;

/// Characters of a name that are looked at; file systems stop at 255.
pub(crate) const NAME_CHARACTERS_MAX: usize = 1024;

/// Frames of a compressed stream read one after the other: `bgzip` cuts every 64 KiB, so that 2 GiB have 32,768 of them.
pub(crate) const FRAMES_MAX: usize = 65_536;

/// Bytes of one extended header of a tar: names are a few hundred bytes; attributes of a Mac some thousands.
pub(crate) const TAR_EXTENSION_BYTES_MAX: usize = 1024 * 1024;

/// Pieces of a file stored without its holes. A disk image of some gigabytes has a few thousand.
pub(crate) const SPARSE_PIECES_MAX: usize = 65_536;

/// Files of a disk image. Windows' own installation disc has about a thousand; more than are handed out need no list.
pub(crate) const IMAGE_FILES_MAX: usize = 65_536;

/// Folders of a disk image.
pub(crate) const IMAGE_FOLDERS_MAX: usize = 16_384;

/// Folders in folders on a disk. Paths on Windows have 260 characters, 130 folders at most, and people use ten.
pub(crate) const IMAGE_DEPTH_MAX: usize = 128;

/// Bytes of one folder's list: a hundred thousand files have some tens of megabytes.
pub(crate) const IMAGE_FOLDER_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// Bytes of the path of a folder; Linux stops at 4,096, Windows at 32,767 characters that hardly anybody uses.
pub(crate) const IMAGE_PATH_BYTES_MAX: usize = 4096;

/// Bytes of all paths of a disc kept at a time.
pub(crate) const IMAGE_NAME_BYTES_MAX: usize = 64 * 1024 * 1024;

/// Continuations of one record's Rock Ridge entries; a name of 255 characters and a link need two or three.
pub(crate) const ISO_CONTINUATIONS_MAX: usize = 32;

/// Stretches of one file on a disk. A badly fragmented gigabyte has some ten thousand.
pub(crate) const IMAGE_RUNS_MAX: usize = 262_144;

/// Extents of further allocation descriptors of one file on a UDF disc; each holds more than a hundred.
pub(crate) const UDF_CONTINUATIONS_MAX: usize = 1024;

/// Partitions of a disk; Windows makes four, GPT has room for 128.
pub(crate) const PARTITIONS_MAX: usize = 128;

/// Blocks of a virtual disk: of 2 MiB, as they usually are, enough for the largest VHD of 2 TiB.
pub(crate) const VIRTUAL_BLOCKS_MAX: usize = 1024 * 1024;

/// Records of an NTFS master file table; a disk that is sent has thousands, an installed Windows half a million.
pub(crate) const NTFS_RECORDS_MAX: u64 = 1024 * 1024;

/// Attributes of one file on NTFS, all its records together: names, streams, and pieces of fragmented data.
pub(crate) const NTFS_ATTRIBUTES_MAX: usize = 4096;

/// Bytes of the list of a file's attributes, which Windows keeps below 256 KiB.
pub(crate) const NTFS_LIST_BYTES_MAX: u64 = 256 * 1024;

/// Bytes of the header of a file in an ARJ archive, as its programs limit it.
pub(crate) const ARJ_HEADER_BYTES_MAX: u16 = 2600;

/// Bytes of the unpacked table of contents of a XAR. Apple's installers have some tens of kilobytes.
pub(crate) const XAR_TABLE_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// Elements in elements in that table: folders in folders.
pub(crate) const XAR_DEPTH_MAX: usize = 256;

/// Dictionary or window of LZMA, XZ and Zstandard. `xz -9` asks for 64 MiB, `zstd -19` for 8; formats allow 4 GiB.
pub(crate) const DICTIONARY_BYTES_MAX: u32 = 64 * 1024 * 1024;

/// Saved edits followed in a PowerPoint document; a fast save adds one, and a full save takes all away.
pub(crate) const PPT_EDITS_MAX: usize = 1_024;

/// Objects or pictures of an encrypted PowerPoint document that are decrypted; a slide is one object.
pub(crate) const PPT_OBJECTS_MAX: usize = 65_536;

/// Bytes unpacked of one XML part of an office package. The text of a thousand pages has
/// ten to twenty megabytes.
pub(crate) const OFFICE_PART_BYTES_MAX: usize = 32 * 1024 * 1024;

/// Words of a document kept for the search for a request to enable its content: such documents are short.
pub(crate) const LURE_TEXT_BYTES_MAX: usize = 256 * 1024;

/// Groups of rich text kept open at a time. Word itself writes a few dozen.
pub(crate) const RTF_GROUPS_MAX: usize = 4096;

/// Cells kept of one workbook with macro sheets. Droppers spread their text over some thousands; what is beyond is said.
pub(crate) const EXCEL_CELLS_MAX: usize = 300_000;

/// Steps of the run of one workbook's Excel 4 macros: decoders loop over some thousands of cells.
pub(crate) const EXCEL_MACRO_WORK_MAX: u64 = 2_000_000;

/// Macros that call each other, and cells that lead to cells, in the run of Excel 4 macros. Business macros stay under ten.
pub(crate) const EXCEL_MACRO_DEPTH_MAX: usize = 32;

/// Expressions inside each other while Excel 4 macros are run, over all macros that call each other: for the stack's sake.
pub(crate) const EXCEL_MACRO_NESTING_MAX: usize = 200;

/// Calls noted, and formulas kept that were written, in the run of Excel 4 macros; twenty are shown.
pub(crate) const EXCEL_MACRO_CALLS_MAX: usize = 1_000;

/// Cells of one area that a function of an Excel 4 macro is worked out over.
pub(crate) const EXCEL_MACRO_RANGE_CELLS_MAX: usize = 10_000;

/// Characters of a text in a cell (Excel's own limit).
pub(crate) const EXCEL_TEXT_CHARACTERS_MAX: usize = 32_767;

/// Pieces of a Word 97 document's text put together. Each fast save adds some; a thousand saves have some thousands.
pub(crate) const WORD_PIECES_MAX: usize = 65_536;

/// Parts of a saved page. A page with a thousand pictures has as many.
pub(crate) const MHT_PARTS_MAX: usize = 8_192;

/// Bytes of a sheet whose formulas are looked at. Larger ones are tables of values, and Excel keeps links apart from them.
pub(crate) const SHEET_BYTES_MAX: u64 = 8 * 1024 * 1024;
