//! Transfer encodings → bytes (RFC 2045 section 6, uuencode), tolerant as mail programs are.
