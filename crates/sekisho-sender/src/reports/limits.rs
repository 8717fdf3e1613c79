//! What reports may cost at most, each number with its reason.

/// Bytes of a beginning in which the first element or key must stand. Comments and declarations of real reports are short.
pub(crate) const HEAD_BYTES_MAX: usize = 4 * 1024;

/// Levels of elements that are followed. Reports have six.
pub(crate) const LEVELS_MAX: usize = 64;

/// Bytes of one value that are kept. The longest real ones are texts for people, which are not used.
pub(crate) const VALUE_BYTES_MAX: usize = 1024;

/// Characters of a domain (RFC 1035 section 2.3.4).
pub(crate) const DOMAIN_CHARACTERS_MAX: usize = 253;

/// Characters of a reporter's name and other words for people.
pub(crate) const WORDS_CHARACTERS_MAX: usize = 120;

/// Mails or sessions that one entry may count. The largest receivers see some hundred millions a day of one sender.
pub(crate) const COUNT_MAX: u64 = 1_000_000_000;

/// Rows of one aggregate report that are told apart. The largest real reports have some ten thousand sources.
pub(crate) const ROWS_MAX: usize = 50_000;

/// Addresses of one row that are told apart: as many as a network of IPv4 has.
pub(crate) const ADDRESSES_A_ROW_MAX: usize = 256;

/// DKIM or SPF results looked at in one record. Real mail has up to five signatures.
pub(crate) const RESULTS_MAX: usize = 64;

/// Policies and failures of one TLS report.
pub(crate) const TLS_POLICIES_MAX: usize = 1_000;
/// Kinds of trouble told apart in one TLS report.
pub(crate) const TLS_TROUBLES_MAX: usize = 1_000;

/// Days that one report may be about. Reporters send hourly to weekly; a month is generous.
pub(crate) const RANGE_DAYS_MAX: i64 = 31;

/// Reports remembered so that none counts twice: years of a large organisation. 16 bytes each.
pub const REPORTS_REMEMBERED_MAX: usize = 2_000_000;

/// Domains of ours told apart. More is another firm's mailbox.
pub(crate) const DOMAINS_MAX: usize = 10_000;

/// Sources told apart, of all domains together: some 300 bytes each.
pub(crate) const SOURCES_MAX: usize = 100_000;

/// Names (domains, reporters) kept, of all reports together.
pub(crate) const NAMES_MAX: usize = 200_000;

/// Reporters of one domain told apart. The world has some thousand.
pub(crate) const REPORTERS_A_DOMAIN_MAX: usize = 2_000;

/// Days of one domain in the series: ten years.
pub(crate) const DAYS_A_DOMAIN_MAX: usize = 3_660;

/// Counts by day and reporter, of all domains together: 40 bytes each. Beyond, new ones are left out of the series by reporter.
pub(crate) const CELLS_MAX: usize = 1_000_000;

/// Addresses that one source keeps; beyond, it has "at least" so many.
pub(crate) const ADDRESSES_A_SOURCE_MAX: usize = 16;

/// Failing addresses, and failing networks, told apart for one day of one domain; beyond, it has "at least" so many.
pub(crate) const FAILING_A_DAY_MAX: usize = 1_000;

/// The same of all days and domains together: 8 bytes each.
pub(crate) const FAILING_MAX: usize = 1_000_000;

/// Failure reports that are kept to be shown; all are counted.
pub const FAILURES_KEPT_MAX: usize = 200;

/// Kinds of trouble with encrypted transport told apart for one domain.
pub(crate) const TLS_TROUBLES_A_DOMAIN_MAX: usize = 500;
