//! Documents, pages, calendar entries and pictures with random damage → no panic, and an end within the budget.

use proptest::prelude::*;
use sekisho_content::{Budget, Keys, Kind, open};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<</OpenAction 2 0 R/Names<</JavaScript<</Names[(a)3 0 R]>>>>/AcroForm<</XFA[(a)4 0 R]>>>>\nendobj\n\
2 0 obj\n<</S/Launch/Win<</F(a.exe)/P(b)>>/Next[3 0 R]>>\nendobj\n3 0 obj\n<</S/JavaScript/JS(app.alert\\(1\\))>>\nendobj\n\
4 0 obj\n<</Length 30/Filter[/ASCIIHexDecode/LZWDecode/RunLengthDecode]/DecodeParms[null<</Predictor 12/Columns 4>>]>>stream\n800b6050220c0c8501800b60502>xx\nendstream\nendobj\n\
5 0 obj\n<</Type/ObjStm/N 1/First 4/Length 20>>stream\n6 0 <</A 1 0 R>>    \nendstream\nendobj\n\
7 0 obj\n<</Subtype/Image/Width 64/Height 64/BitsPerComponent 1/Length 10>>stream\n0123456789\nendstream\nendobj\n\
8 0 obj\n<</Filter/Standard/V 4/R 4/P -1/O(12345678901234567890123456789012)/U(12345678901234567890123456789012)/CF<</A<</CFM/AESV2>>>>/StmF/A/StrF/A>>\nendobj\n\
trailer\n<</Root 1 0 R/Encrypt 8 0 R/ID[(a)(a)]>>\nstartxref\n0\n%%EOF\n";

const PAGE: &[u8] = b"<html><body onload=\"location='https://a.example'\"><meta http-equiv=refresh content='0;url=x'>\
<iframe src='data:text/html;base64,PGh0bWw+PC9odG1sPg=='></iframe><a download=a.exe href='data:,%4d%5a'>x</a>\
<script>var a = ['TVqQAAMAAAAEAAAA', \"//8AALgAAAAAAAAAQAAAAAAAAAA=\"].join(''); x = '\\x4d\\u005a'; document.write(unescape('%3Chtml%3E%3Cbody%3E%3C%2Fbody%3E%3C%2Fhtml%3E'));\
 b = [77,90,144,0,3,0,0,0,4,0,0,0,255,255,0,0,184,0,0,0,0,0,0,0,64,0,0,0]; c ^= 0x41; String.fromCharCode(n - 3); function f(){ /['\"]/g }</script></body></html>";

const ENTRY: &[u8] = b"BEGIN:VCALENDAR\r\nBEGIN:VALARM\r\nACTION:PROCEDURE\r\nATTACH;X=\"a:b\";ENCODING=BASE64;VALUE=BINARY:aGVs\r\n bG8=\r\nEND:VALARM\r\nDESCRIPTION:https://a.example\\n\r\nEND:VCALENDAR\r\n";

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_bytes_end(changes in proptest::collection::vec((any::<u16>(), any::<u8>()), 1..12), cut in any::<u16>(), copied in any::<(u16, u16, u16)>()) {
        for (sample, kind) in [(PDF, Kind::Pdf), (PAGE, Kind::Html), (PAGE, Kind::Svg), (ENTRY, Kind::Ics), (PDF, Kind::PdfForm)] {
            let mut bytes = sample.to_vec();
            for (at, byte) in &changes {
                let at = usize::from(*at) % bytes.len();
                bytes[at] = *byte;
            }
            let (from, to, length) = copied;
            let from = usize::from(from) % bytes.len();
            let piece = bytes[from..bytes.len().min(from + usize::from(length) % 64)].to_vec();
            let to = usize::from(to) % bytes.len();
            bytes.splice(to..to, piece);
            if cut % 3 == 0 {
                bytes.truncate(usize::from(cut) % bytes.len());
            }
            let mut budget = Budget { expanded_bytes_left: 1 << 20, work_left: 2_000_000, ..Budget::default() };
            let _ = open(&bytes, kind, &Keys::new(["a".to_owned()]), &mut budget, &mut |_| {});
        }
    }
}
