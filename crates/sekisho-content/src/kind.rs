//! The kinds of file that matter in mail, as one table: id, family, label in both languages, usual extensions.
//!
//! A row is the only place where a kind is described; recognising it is the business of the other files.

use serde::{Deserialize, Serialize};

use crate::family::{Family, Opening};

/// A kind's name for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Label {
    /// In Japanese.
    pub ja: &'static str,
    /// In English.
    pub en: &'static str,
}

macro_rules! kinds {
    ($($variant:ident $id:literal $family:ident $ja:literal / $en:literal [$($extension:literal)*])+) => {
        /// What a file is by its bytes. In JSON it is its `id`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Kind {
            $(#[doc = $en] #[serde(rename = $id)] $variant,)+
        }

        impl Kind {
            /// Every kind, in the order of the table.
            pub const ALL: &[Kind] = &[$(Kind::$variant,)+];

            /// The word used in JSON, policies and documents.
            pub fn id(self) -> &'static str {
                match self { $(Kind::$variant => $id,)+ }
            }

            /// What it is to the person who opens it.
            pub fn family(self) -> Family {
                match self { $(Kind::$variant => Family::$family,)+ }
            }

            /// Its name in words that people in an office use.
            pub fn label(self) -> Label {
                match self { $(Kind::$variant => Label { ja: $ja, en: $en },)+ }
            }

            /// The extensions it usually has: lower case, without the dot, the most usual one first.
            pub fn extensions(self) -> &'static [&'static str] {
                match self { $(Kind::$variant => &[$($extension),*],)+ }
            }
        }
    };
}

impl Kind {
    /// The kind with this `id`.
    pub fn by_id(id: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.id() == id)
    }

    /// What opening a file of this kind does.
    pub fn opening(self) -> Opening {
        self.family().opening()
    }
}

kinds! {
    Empty "empty" Unknown "空のファイル" / "Empty file" []
    Text "text" Text "テキスト" / "Plain text" ["txt" "text" "log" "md" "ini" "conf" "cfg" "yml" "yaml" "toml" "css" "tex" "diff" "patch" "c" "h" "cpp" "java" "rs" "go" "asc" "nfo" "me"]
    Unknown "unknown" Unknown "不明な形式" / "Unknown format" []

    // Documents
    OfficeWord97 "office-word-97" Document "Word 97-2003 文書(.doc)" / "Word 97–2003 document (.doc)" ["doc" "dot" "wiz"]
    OfficeWordOoxml "office-word-ooxml" Document "Word 文書(.docx)" / "Word document (.docx)" ["docx"]
    OfficeWordOoxmlMacro "office-word-ooxml-macro" Document "Word マクロ有効文書(.docm)" / "Word document with macros enabled (.docm)" ["docm"]
    OfficeWordTemplate "office-word-template" Document "Word テンプレート(.dotx)" / "Word template (.dotx)" ["dotx"]
    OfficeWordTemplateMacro "office-word-template-macro" Document "Word マクロ有効テンプレート(.dotm)" / "Word template with macros enabled (.dotm)" ["dotm"]
    OfficeWordXml2003 "office-word-xml-2003" Document "Word XML 文書" / "Word XML document" ["xml"]
    OfficeWord2 "office-word-2" Document "古い Word 文書(Word 95 より前)" / "Very old Word document (before Word 95)" ["doc"]
    OfficeEncrypted "office-encrypted" Document "パスワード付き Office ファイル" / "Office file with a password" ["docx" "xlsx" "pptx" "docm" "xlsm" "pptm" "xlsb"]
    OfficePublisher "office-publisher" Document "Publisher 文書(.pub)" / "Publisher document (.pub)" ["pub"]
    OfficeVisio "office-visio" Document "Visio 2003-2010 図面(.vsd)" / "Visio 2003–2010 drawing (.vsd)" ["vsd" "vss" "vst"]
    OfficeVisioOoxml "office-visio-ooxml" Document "Visio 図面(.vsdx)" / "Visio drawing (.vsdx)" ["vsdx" "vssx" "vstx"]
    OfficeVisioOoxmlMacro "office-visio-ooxml-macro" Document "Visio マクロ有効図面(.vsdm)" / "Visio drawing with macros enabled (.vsdm)" ["vsdm" "vssm" "vstm"]
    OfficeProject "office-project" Document "Project 計画(.mpp)" / "Project plan (.mpp)" ["mpp" "mpt"]
    OfficeWorks "office-works" Document "Works 文書(.wps)" / "Works document (.wps)" ["wps" "wdb"]
    OfficeActiveMime "office-activemime" Document "Office のマクロ部品(.mso)" / "Office macro container (.mso)" ["mso"]
    OneNote "onenote" Document "OneNote セクション(.one)" / "OneNote section (.one)" ["one" "onetoc2"]
    Rtf "rtf" Document "リッチテキスト(.rtf)" / "Rich text document (.rtf)" ["rtf"]
    Pdf "pdf" Document "PDF 文書" / "PDF document" ["pdf" "ai" "fdf"]
    PdfForm "pdf-form" Document "PDF フォーム(.xdp)" / "PDF form (.xdp)" ["xdp"]
    Xps "xps" Document "XPS 文書" / "XPS document" ["xps" "oxps"]
    PostScript "postscript" Document "PostScript 文書" / "PostScript document" ["ps" "eps" "ai"]
    DjVu "djvu" Document "DjVu 文書" / "DjVu document" ["djvu" "djv"]
    Odt "odt" Document "OpenDocument 文書(.odt)" / "OpenDocument text (.odt)" ["odt" "ott" "odm"]
    Odg "odg" Document "OpenDocument 図形(.odg)" / "OpenDocument drawing (.odg)" ["odg" "otg"]
    Odf "odf" Document "OpenDocument 数式(.odf)" / "OpenDocument formula (.odf)" ["odf"]
    FlatOdf "flat-odf" Document "OpenDocument XML 文書(.fodt)" / "OpenDocument flat XML (.fodt)" ["fodt" "fods" "fodp" "fodg"]
    Epub "epub" Document "電子書籍(EPUB)" / "E-book (EPUB)" ["epub"]
    Mobi "mobi" Document "電子書籍(Kindle)" / "E-book (Kindle)" ["mobi" "azw" "azw3" "prc"]
    Pages "pages" Document "Pages 文書" / "Pages document" ["pages"]
    Hwp "hwp" Document "ハングル文書(.hwp)" / "Hangul document (.hwp)" ["hwp" "hwt"]
    Hwpx "hwpx" Document "ハングル文書(.hwpx)" / "Hangul document (.hwpx)" ["hwpx" "owpml"]
    Ichitaro "ichitaro" Document "一太郎文書(.jtd)" / "Ichitaro document (.jtd)" ["jtd" "jtdc" "jtt" "jttc" "jfw" "jvw" "jaw" "jbw" "juw"]
    DocuWorks "docuworks" Document "DocuWorks 文書(.xdw)" / "DocuWorks document (.xdw)" ["xdw" "xbd" "xct"]
    WordPerfect "wordperfect" Document "WordPerfect 文書" / "WordPerfect document" ["wpd" "wp5" "wp"]

    // Spreadsheets and presentations
    OfficeExcel97 "office-excel-97" Spreadsheet "Excel 97-2003 ブック(.xls)" / "Excel 97–2003 workbook (.xls)" ["xls" "xlt"]
    OfficeExcelOld "office-excel-old" Spreadsheet "古い Excel シート(Excel 4.0 以前)" / "Very old Excel sheet (Excel 4.0 or before)" ["xls" "xlm" "xlw"]
    OfficeExcelOoxml "office-excel-ooxml" Spreadsheet "Excel ブック(.xlsx)" / "Excel workbook (.xlsx)" ["xlsx"]
    OfficeExcelOoxmlMacro "office-excel-ooxml-macro" Spreadsheet "Excel マクロ有効ブック(.xlsm)" / "Excel workbook with macros enabled (.xlsm)" ["xlsm"]
    OfficeExcelBinary "office-excel-binary" Spreadsheet "Excel バイナリブック(.xlsb)" / "Excel binary workbook (.xlsb)" ["xlsb"]
    OfficeExcelTemplate "office-excel-template" Spreadsheet "Excel テンプレート(.xltx)" / "Excel template (.xltx)" ["xltx"]
    OfficeExcelTemplateMacro "office-excel-template-macro" Spreadsheet "Excel マクロ有効テンプレート(.xltm)" / "Excel template with macros enabled (.xltm)" ["xltm"]
    OfficeExcelXml2003 "office-excel-xml-2003" Spreadsheet "Excel XML スプレッドシート" / "Excel XML spreadsheet" ["xml"]
    Slk "slk" Spreadsheet "SYLK 表データ(.slk)" / "SYLK spreadsheet (.slk)" ["slk" "sylk"]
    Ods "ods" Spreadsheet "OpenDocument 表計算(.ods)" / "OpenDocument spreadsheet (.ods)" ["ods" "ots"]
    Numbers "numbers" Spreadsheet "Numbers 表計算" / "Numbers spreadsheet" ["numbers"]
    OfficePowerPoint97 "office-powerpoint-97" Presentation "PowerPoint 97-2003 スライド(.ppt)" / "PowerPoint 97–2003 presentation (.ppt)" ["ppt" "pps" "pot"]
    OfficePowerPointOoxml "office-powerpoint-ooxml" Presentation "PowerPoint スライド(.pptx)" / "PowerPoint presentation (.pptx)" ["pptx" "sldx"]
    OfficePowerPointOoxmlMacro "office-powerpoint-ooxml-macro" Presentation "PowerPoint マクロ有効スライド(.pptm)" / "PowerPoint presentation with macros enabled (.pptm)" ["pptm" "sldm"]
    OfficePowerPointShow "office-powerpoint-show" Presentation "PowerPoint スライドショー(.ppsx)" / "PowerPoint show (.ppsx)" ["ppsx"]
    OfficePowerPointShowMacro "office-powerpoint-show-macro" Presentation "PowerPoint マクロ有効スライドショー(.ppsm)" / "PowerPoint show with macros enabled (.ppsm)" ["ppsm"]
    OfficePowerPointTemplate "office-powerpoint-template" Presentation "PowerPoint テンプレート(.potx)" / "PowerPoint template (.potx)" ["potx" "thmx"]
    OfficePowerPointTemplateMacro "office-powerpoint-template-macro" Presentation "PowerPoint マクロ有効テンプレート(.potm)" / "PowerPoint template with macros enabled (.potm)" ["potm"]
    Odp "odp" Presentation "OpenDocument プレゼンテーション(.odp)" / "OpenDocument presentation (.odp)" ["odp" "otp"]
    Keynote "keynote" Presentation "Keynote スライド" / "Keynote presentation" ["key"]

    // Add-ins
    OfficeExcelAddIn97 "office-excel-addin-97" AddIn "Excel 97-2003 アドイン(.xla)" / "Excel 97–2003 add-in (.xla)" ["xla"]
    OfficeExcelAddIn "office-excel-addin" AddIn "Excel アドイン(.xlam)" / "Excel add-in (.xlam)" ["xlam"]
    OfficePowerPointAddIn "office-powerpoint-addin" AddIn "PowerPoint アドイン(.ppam)" / "PowerPoint add-in (.ppam)" ["ppam"]
    Xll "xll" AddIn "Excel アドインのプログラム(.xll)" / "Excel add-in program (.xll)" ["xll"]
    BrowserExtension "browser-extension" AddIn "ブラウザーの拡張機能(.crx, .xpi)" / "Browser extension (.crx, .xpi)" ["crx" "xpi"]

    // Programs
    WindowsProgram "windows-program" Program "Windows プログラム(.exe)" / "Windows program (.exe)" ["exe" "scr" "com" "pif" "bat" "cmd"]
    Dll "dll" Program "Windows プログラム部品(.dll)" / "Windows program library (.dll)" ["dll" "ocx" "ax" "drv"]
    ControlPanelItem "control-panel-item" Program "コントロールパネルのプログラム(.cpl)" / "Control panel program (.cpl)" ["cpl"]
    WindowsDriver "windows-driver" Program "Windows ドライバー(.sys)" / "Windows driver (.sys)" ["sys"]
    DosProgram "dos-program" Program "DOS・16ビット Windows プログラム" / "DOS or 16-bit Windows program" ["exe" "com"]
    Elf "elf" Program "Linux プログラム" / "Linux program" ["elf" "so" "bin" "o" "axf" "run"]
    MachO "mach-o" Program "Mac プログラム" / "Mac program" ["dylib" "bundle"]
    Jar "jar" Program "Java プログラム(.jar)" / "Java program (.jar)" ["jar" "war" "ear"]
    JavaClass "java-class" Program "Java クラスファイル" / "Java class file" ["class"]
    Apk "apk" Program "Android アプリ(.apk)" / "Android app (.apk)" ["apk" "apks" "aab"]
    Dex "dex" Program "Android 実行コード(.dex)" / "Android code (.dex)" ["dex"]
    Ipa "ipa" Program "iPhone アプリ(.ipa)" / "iPhone app (.ipa)" ["ipa"]
    Wasm "wasm" Program "WebAssembly" / "WebAssembly code" ["wasm"]
    Flash "flash" Program "Flash(.swf)" / "Flash movie (.swf)" ["swf"]
    AutoItCompiled "autoit-compiled" Program "AutoIt プログラム(.a3x)" / "Compiled AutoIt script (.a3x)" ["a3x"]
    AppleScriptCompiled "applescript-compiled" Program "AppleScript プログラム(.scpt)" / "Compiled AppleScript (.scpt)" ["scpt"]

    // Installers
    Msi "msi" Installer "Windows インストーラー(.msi)" / "Windows installer (.msi)" ["msi" "msp" "mst" "msm"]
    Msix "msix" Installer "Windows アプリパッケージ(.msix)" / "Windows app package (.msix)" ["msix" "appx" "msixbundle" "appxbundle"]
    AppInstaller "appinstaller" Installer "アプリのインストール指示(.appinstaller)" / "App installer file (.appinstaller)" ["appinstaller"]
    ClickOnce "clickonce" Installer "ClickOnce アプリ(.application)" / "ClickOnce application (.application)" ["application" "vsto" "manifest"]
    Deb "deb" Installer "Debian パッケージ(.deb)" / "Debian package (.deb)" ["deb" "udeb"]
    Rpm "rpm" Installer "RPM パッケージ(.rpm)" / "RPM package (.rpm)" ["rpm"]
    MacPackage "mac-package" Installer "Mac インストーラー(.pkg)" / "Mac installer (.pkg)" ["pkg" "mpkg" "xar"]
    Jnlp "jnlp" Installer "Java アプリの起動ファイル(.jnlp)" / "Java app launcher (.jnlp)" ["jnlp"]

    // Scripts and settings that change the machine
    JavaScript "javascript" Script "JavaScript スクリプト(.js)" / "JavaScript (.js)" ["js" "mjs" "cjs" "jsx" "ts"]
    VbScript "vbscript" Script "VBScript スクリプト(.vbs)" / "VBScript (.vbs)" ["vbs" "vb"]
    EncodedScript "encoded-script" Script "暗号化されたスクリプト(.jse, .vbe)" / "Encoded script (.jse, .vbe)" ["jse" "vbe"]
    VbaModule "vba-module" Script "VBA マクロのソース(.bas)" / "VBA macro source (.bas)" ["bas" "cls" "frm"]
    Wsf "wsf" Script "Windows スクリプトファイル(.wsf)" / "Windows script file (.wsf)" ["wsf" "ws"]
    Sct "sct" Script "Windows スクリプト部品(.sct)" / "Windows script component (.sct)" ["sct" "wsc"]
    Hta "hta" Script "HTML アプリケーション(.hta)" / "HTML application (.hta)" ["hta"]
    PowerShell "powershell" Script "PowerShell スクリプト(.ps1)" / "PowerShell script (.ps1)" ["ps1" "psm1" "psd1"]
    Batch "batch" Script "バッチファイル(.bat)" / "Batch file (.bat)" ["bat" "cmd"]
    ShellScript "shell-script" Script "シェルスクリプト(.sh)" / "Shell script (.sh)" ["sh" "bash" "zsh" "ksh" "csh" "command"]
    Python "python" Script "Python スクリプト(.py)" / "Python script (.py)" ["py" "pyw"]
    Perl "perl" Script "Perl スクリプト(.pl)" / "Perl script (.pl)" ["pl" "pm"]
    Ruby "ruby" Script "Ruby スクリプト(.rb)" / "Ruby script (.rb)" ["rb"]
    Php "php" Script "PHP スクリプト(.php)" / "PHP script (.php)" ["php" "phtml"]
    Asp "asp" Script "サーバーページ(.asp, .jsp)" / "Server page (.asp, .jsp)" ["asp" "aspx" "jsp" "ashx"]
    Xslt "xslt" Script "XSLT 変換(.xsl)" / "XSLT transformation (.xsl)" ["xsl" "xslt"]
    Reg "reg" Script "レジストリ変更ファイル(.reg)" / "Registry change file (.reg)" ["reg"]
    Inf "inf" Script "セットアップ情報(.inf)" / "Setup information (.inf)" ["inf"]
    Msc "msc" Script "管理コンソール(.msc)" / "Management console file (.msc)" ["msc"]
    MsBuild "msbuild" Script "MSBuild プロジェクト" / "MSBuild project" ["csproj" "vbproj" "proj" "targets" "props" "vcxproj"]
    ScheduledTask "scheduled-task" Script "タスクスケジューラの定義" / "Scheduled task definition" ["job"]

    // Shortcuts and other files that lead elsewhere
    Lnk "lnk" Shortcut "ショートカット(.lnk)" / "Windows shortcut (.lnk)" ["lnk"]
    UrlShortcut "url-shortcut" Shortcut "インターネットショートカット(.url)" / "Internet shortcut (.url)" ["url" "website"]
    Scf "scf" Shortcut "エクスプローラーコマンド(.scf)" / "Explorer command (.scf)" ["scf"]
    LibraryMs "library-ms" Shortcut "ライブラリ定義(.library-ms)" / "Windows library file (.library-ms)" ["library-ms"]
    SearchConnector "search-connector" Shortcut "検索コネクタ(.searchConnector-ms)" / "Search connector (.searchConnector-ms)" ["searchconnector-ms" "search-ms" "osdx"]
    SettingContent "settingcontent-ms" Shortcut "設定ショートカット(.settingcontent-ms)" / "Settings shortcut (.settingcontent-ms)" ["settingcontent-ms"]
    AppRef "appref-ms" Shortcut "アプリ参照(.appref-ms)" / "Application reference (.appref-ms)" ["appref-ms"]
    Rdp "rdp" Shortcut "リモートデスクトップ接続(.rdp)" / "Remote desktop connection (.rdp)" ["rdp"]
    Ica "ica" Shortcut "Citrix 接続(.ica)" / "Citrix connection (.ica)" ["ica"]
    Iqy "iqy" Shortcut "Excel Web クエリ(.iqy)" / "Excel web query (.iqy)" ["iqy"]
    Dqy "dqy" Shortcut "Excel データベースクエリ(.dqy)" / "Excel database query (.dqy)" ["dqy" "oqy" "rqy" "odc"]
    DesktopEntry "desktop-entry" Shortcut "Linux ショートカット(.desktop)" / "Linux shortcut (.desktop)" ["desktop"]
    Webloc "webloc" Shortcut "Mac インターネットショートカット(.webloc)" / "Mac internet shortcut (.webloc)" ["webloc" "inetloc" "fileloc"]
    Theme "theme" Shortcut "Windows テーマ(.theme)" / "Windows theme (.theme)" ["theme" "themepack" "deskthemepack"]

    // Archives
    Zip "zip" Archive "ZIP 圧縮ファイル" / "ZIP archive" ["zip" "zipx" "nupkg" "vsix" "whl" "kmz"]
    SevenZip "7z" Archive "7-Zip 圧縮ファイル(.7z)" / "7-Zip archive (.7z)" ["7z"]
    Rar "rar" Archive "RAR 圧縮ファイル" / "RAR archive" ["rar" "r00" "r01" "cbr"]
    Tar "tar" Archive "TAR アーカイブ" / "TAR archive" ["tar"]
    Gzip "gzip" Archive "GZIP 圧縮ファイル" / "GZIP compressed file" ["gz" "tgz" "emz" "svgz"]
    Bzip2 "bzip2" Archive "BZIP2 圧縮ファイル" / "BZIP2 compressed file" ["bz2" "tbz" "tbz2"]
    Xz "xz" Archive "XZ 圧縮ファイル" / "XZ compressed file" ["xz" "txz"]
    Lzma "lzma" Archive "LZMA 圧縮ファイル" / "LZMA compressed file" ["lzma" "tlz"]
    Lzip "lzip" Archive "LZIP 圧縮ファイル" / "LZIP compressed file" ["lz" "tlz"]
    Zstd "zstd" Archive "Zstandard 圧縮ファイル" / "Zstandard compressed file" ["zst" "tzst"]
    Lz4 "lz4" Archive "LZ4 圧縮ファイル" / "LZ4 compressed file" ["lz4"]
    Lzop "lzop" Archive "LZO 圧縮ファイル" / "LZO compressed file" ["lzo"]
    Lrzip "lrzip" Archive "LRZIP 圧縮ファイル" / "LRZIP compressed file" ["lrz"]
    UnixCompress "compress" Archive "UNIX compress 圧縮ファイル(.Z)" / "UNIX compressed file (.Z)" ["z" "taz"]
    MsCompress "ms-compress" Archive "Microsoft 圧縮ファイル" / "Microsoft compressed file" ["ex_" "dl_"]
    Cab "cab" Archive "CAB 圧縮ファイル" / "Cabinet archive (.cab)" ["cab" "onepkg" "xsn" "msu" "diagcab"]
    Lzh "lzh" Archive "LZH 圧縮ファイル" / "LZH archive" ["lzh" "lha" "lzs"]
    Arj "arj" Archive "ARJ 圧縮ファイル" / "ARJ archive" ["arj"]
    Ace "ace" Archive "ACE 圧縮ファイル" / "ACE archive" ["ace"]
    Zoo "zoo" Archive "ZOO 圧縮ファイル" / "ZOO archive" ["zoo"]
    Alz "alz" Archive "ALZ 圧縮ファイル" / "ALZ archive" ["alz"]
    Egg "egg" Archive "EGG 圧縮ファイル" / "EGG archive" ["egg"]
    Gca "gca" Archive "GCA 圧縮ファイル" / "GCA archive" ["gca"]
    Yz1 "yz1" Archive "YZ1 圧縮ファイル" / "YZ1 archive" ["yz1"]
    StuffIt "stuffit" Archive "StuffIt 圧縮ファイル" / "StuffIt archive" ["sit" "sitx"]
    Cpio "cpio" Archive "CPIO アーカイブ" / "CPIO archive" ["cpio"]
    Ar "ar" Archive "AR アーカイブ" / "AR archive" ["a" "lib" "ar"]
    Uuencode "uuencode" Archive "uuencode ファイル" / "uuencoded file" ["uu" "uue"]
    BinHex "binhex" Archive "BinHex ファイル" / "BinHex file" ["hqx"]

    // Disk images
    Iso "iso" DiskImage "ディスクイメージ(.iso)" / "Disc image (.iso)" ["iso" "img"]
    Udf "udf" DiskImage "UDF ディスクイメージ" / "UDF disc image" ["iso" "img" "udf"]
    Vhd "vhd" DiskImage "仮想ハードディスク(.vhd)" / "Virtual hard disk (.vhd)" ["vhd"]
    Vhdx "vhdx" DiskImage "仮想ハードディスク(.vhdx)" / "Virtual hard disk (.vhdx)" ["vhdx" "avhdx"]
    Vmdk "vmdk" DiskImage "仮想ディスク(.vmdk)" / "Virtual disk (.vmdk)" ["vmdk"]
    Vdi "vdi" DiskImage "仮想ディスク(.vdi)" / "Virtual disk (.vdi)" ["vdi"]
    Qcow "qcow" DiskImage "仮想ディスク(.qcow2)" / "Virtual disk (.qcow2)" ["qcow2" "qcow"]
    ImgFat "img-fat" DiskImage "FAT ディスクイメージ(.img)" / "FAT disk image (.img)" ["img" "ima" "vfd" "flp"]
    ImgNtfs "img-ntfs" DiskImage "NTFS ディスクイメージ(.img)" / "NTFS disk image (.img)" ["img"]
    ImgPartitioned "img-partitioned" DiskImage "ディスク全体のイメージ" / "Whole-disk image" ["img" "dd" "raw"]
    Dmg "dmg" DiskImage "Mac ディスクイメージ(.dmg)" / "Mac disk image (.dmg)" ["dmg" "sparseimage"]
    Wim "wim" DiskImage "Windows イメージ(.wim)" / "Windows image (.wim)" ["wim" "esd" "swm" "ppkg"]
    SquashFs "squashfs" DiskImage "SquashFS イメージ" / "SquashFS image" ["squashfs" "sfs" "snap"]

    // Pictures and drawings
    Png "png" Image "PNG 画像" / "PNG image" ["png" "apng"]
    Jpeg "jpeg" Image "JPEG 画像" / "JPEG image" ["jpg" "jpeg" "jpe" "jfif"]
    Gif "gif" Image "GIF 画像" / "GIF image" ["gif"]
    Bmp "bmp" Image "BMP 画像" / "BMP image" ["bmp" "dib"]
    Tiff "tiff" Image "TIFF 画像" / "TIFF image" ["tif" "tiff" "nef" "dng" "arw" "cr2"]
    WebP "webp" Image "WebP 画像" / "WebP image" ["webp"]
    Heic "heic" Image "HEIC 画像" / "HEIC image" ["heic" "heif"]
    Avif "avif" Image "AVIF 画像" / "AVIF image" ["avif"]
    Ico "ico" Image "アイコン画像(.ico)" / "Icon image (.ico)" ["ico"]
    Cur "cur" Image "カーソル画像(.cur)" / "Cursor image (.cur)" ["cur" "ani"]
    Psd "psd" Image "Photoshop 画像(.psd)" / "Photoshop image (.psd)" ["psd" "psb"]
    Jp2 "jp2" Image "JPEG 2000 画像" / "JPEG 2000 image" ["jp2" "j2k" "jpx" "jpf"]
    Jxl "jxl" Image "JPEG XL 画像" / "JPEG XL image" ["jxl"]
    Xcf "xcf" Image "GIMP 画像(.xcf)" / "GIMP image (.xcf)" ["xcf"]
    Emf "emf" Image "拡張メタファイル(.emf)" / "Enhanced metafile (.emf)" ["emf"]
    Wmf "wmf" Image "Windows メタファイル(.wmf)" / "Windows metafile (.wmf)" ["wmf"]
    Pnm "pnm" Image "PNM 画像" / "PNM image" ["pbm" "pgm" "ppm" "pnm"]
    Dwg "dwg" Image "AutoCAD 図面(.dwg)" / "AutoCAD drawing (.dwg)" ["dwg"]
    Dxf "dxf" Image "CAD 交換図面(.dxf)" / "CAD exchange drawing (.dxf)" ["dxf"]
    Jww "jww" Image "Jw_cad 図面(.jww)" / "Jw_cad drawing (.jww)" ["jww" "jws"]
    Step "step" Image "STEP・SXF 図面(.p21)" / "STEP or SXF drawing (.p21)" ["p21" "step" "stp" "ifc"]

    // Sound and film
    Mp3 "mp3" Audio "MP3 音声" / "MP3 audio" ["mp3"]
    Wav "wav" Audio "WAV 音声" / "WAV audio" ["wav"]
    Flac "flac" Audio "FLAC 音声" / "FLAC audio" ["flac"]
    Ogg "ogg" Audio "Ogg 音声" / "Ogg audio" ["ogg" "oga" "opus" "ogv"]
    Aac "aac" Audio "AAC 音声" / "AAC audio" ["aac"]
    M4a "m4a" Audio "M4A 音声" / "M4A audio" ["m4a" "m4b"]
    Midi "midi" Audio "MIDI 演奏データ" / "MIDI music" ["mid" "midi"]
    Aiff "aiff" Audio "AIFF 音声" / "AIFF audio" ["aif" "aiff"]
    Amr "amr" Audio "AMR 音声" / "AMR audio" ["amr"]
    Mp4 "mp4" Video "MP4 動画" / "MP4 video" ["mp4" "m4v" "3gp" "3g2"]
    QuickTime "quicktime" Video "QuickTime 動画(.mov)" / "QuickTime video (.mov)" ["mov" "qt"]
    Avi "avi" Video "AVI 動画" / "AVI video" ["avi"]
    Matroska "matroska" Video "Matroska・WebM 動画" / "Matroska or WebM video" ["mkv" "webm" "mka"]
    Asf "asf" Video "Windows Media(.wmv, .wma)" / "Windows Media (.wmv, .wma)" ["wmv" "wma" "asf"]
    Flv "flv" Video "Flash 動画(.flv)" / "Flash video (.flv)" ["flv"]
    Mpeg "mpeg" Video "MPEG 動画" / "MPEG video" ["mpg" "mpeg" "vob" "ts" "m2ts"]

    // Web pages, mail, calendars
    Html "html" Markup "Web ページ(.html)" / "Web page (.html)" ["html" "htm" "xhtml" "xht" "shtml"]
    Svg "svg" Markup "SVG 画像(スクリプトを含められる形式)" / "SVG image (can carry scripts)" ["svg"]
    Mht "mht" Markup "保存された Web ページ(.mht)" / "Saved web page (.mht)" ["mht" "mhtml"]
    Eml "eml" Mail "メール(.eml)" / "Mail message (.eml)" ["eml" "msg" "mim" "mime"]
    Mbox "mbox" Mail "メールボックス(mbox)" / "Mailbox (mbox)" ["mbox" "mbx"]
    OutlookMsg "outlook-msg" Mail "Outlook メール(.msg)" / "Outlook message (.msg)" ["msg" "oft"]
    OutlookPst "outlook-pst" Mail "Outlook データファイル(.pst)" / "Outlook data file (.pst)" ["pst" "ost"]
    Tnef "tnef" Mail "Outlook の添付形式(winmail.dat)" / "Outlook attachment wrapper (winmail.dat)" ["dat" "tnef"]
    Smime "smime" Mail "S/MIME(署名・暗号化メール)" / "S/MIME signed or encrypted mail" ["p7m" "p7s" "p7c"]
    PgpMessage "pgp-message" Mail "PGP 暗号文" / "PGP encrypted message" ["asc" "pgp" "gpg"]
    Ics "ics" Mail "予定(.ics)" / "Calendar entry (.ics)" ["ics" "ical" "ifb" "vcs"]
    VCard "vcard" Mail "連絡先(.vcf)" / "Contact card (.vcf)" ["vcf" "vcard"]

    // Help and fonts
    Chm "chm" Help "HTML ヘルプ(.chm)" / "Compiled HTML help (.chm)" ["chm"]
    Hlp "hlp" Help "Windows ヘルプ(.hlp)" / "Windows help (.hlp)" ["hlp"]
    TrueType "truetype" Font "フォント(.ttf)" / "Font (.ttf)" ["ttf" "ttc"]
    OpenType "opentype" Font "フォント(.otf)" / "Font (.otf)" ["otf"]
    Woff "woff" Font "Web フォント(.woff)" / "Web font (.woff)" ["woff" "woff2"]

    // Data
    Access "access" Data "Access データベース(.mdb, .accdb)" / "Access database (.mdb, .accdb)" ["mdb" "accdb" "mde" "accde" "accda" "accdr"]
    Sqlite "sqlite" Data "SQLite データベース" / "SQLite database" ["sqlite" "sqlite3" "db"]
    Xml "xml" Data "XML データ" / "XML data" ["xml" "xsd" "rss" "atom" "kml" "gpx" "config"]
    Json "json" Data "JSON データ" / "JSON data" ["json" "geojson" "ipynb" "webmanifest"]
    Csv "csv" Data "CSV データ" / "CSV data" ["csv" "tsv"]
    Plist "plist" Data "Mac 設定データ(.plist)" / "Mac property list (.plist)" ["plist"]
    MobileConfig "mobileconfig" Data "iPhone・Mac 構成プロファイル(.mobileconfig)" / "iPhone or Mac configuration profile (.mobileconfig)" ["mobileconfig"]
    Certificate "certificate" Data "電子証明書" / "Certificate" ["cer" "crt" "pem" "der" "p7b"]
    PrivateKey "private-key" Data "秘密鍵" / "Private key" ["key" "pem"]
    Pkcs12 "pkcs12" Data "証明書と秘密鍵(.pfx)" / "Certificate with private key (.pfx)" ["pfx" "p12"]
    PgpSignature "pgp-signature" Data "PGP 署名・公開鍵" / "PGP signature or public key" ["asc" "sig" "pgp"]
    RegistryHive "registry-hive" Data "Windows レジストリハイブ" / "Windows registry hive" ["hiv" "dat"]
    EventLog "event-log" Data "Windows イベントログ(.evtx)" / "Windows event log (.evtx)" ["evtx"]
    Pcap "pcap" Data "通信記録(.pcap)" / "Network capture (.pcap)" ["pcap" "pcapng" "cap"]
    PythonBytecode "python-bytecode" Program "Python 実行コード(.pyc)" / "Python bytecode (.pyc)" ["pyc" "pyo"]
    Ole "ole" Data "OLE 複合ファイル(種類不明)" / "OLE compound file of unknown kind" ["thumbs" "db"]
}
