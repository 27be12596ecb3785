//! The folder of documents as its callers meet it: real files in a temporary folder.

use documents::{Content, Documents, Error, PdfReader, ZipEntry};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use tracte_documents as documents;

const HELLO: &str = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
const MAX_BYTES: u64 = 1_000_000;

fn place(folder: &Path, sha256: &str) -> PathBuf {
    folder.join(&sha256[..2]).join(&sha256[2..4]).join(sha256)
}

/// Counts the files in a folder and below; a test that cannot list its own folder sees none.
fn files_under(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.map(|path| if path.is_dir() { files_under(&path) } else { 1 }).sum()
}

#[test]
fn bytes_come_back_by_their_hash() {
    let folder = tempfile::tempdir().unwrap();
    let documents = Documents::open(folder.path()).unwrap();
    let stored = documents.put(&b"hello"[..], MAX_BYTES).unwrap();
    assert_eq!((stored.sha256.as_str(), stored.size_bytes), (HELLO, 5));
    assert_eq!(documents.get(HELLO).unwrap(), b"hello");
    let mut text = String::new();
    documents.open_file(HELLO).unwrap().read_to_string(&mut text).unwrap();
    assert_eq!(text, "hello");
    assert!(documents.contains(HELLO).unwrap());
}

#[test]
fn empty_and_big_files_are_kept_too() {
    let folder = tempfile::tempdir().unwrap();
    let documents = Documents::open(folder.path()).unwrap();
    for bytes in [Vec::new(), vec![7; 65_536], vec![9; 300_001]] {
        let stored = documents.put(&bytes[..], MAX_BYTES).unwrap();
        assert_eq!(stored.size_bytes, bytes.len() as u64);
        assert_eq!(documents.get(&stored.sha256).unwrap(), bytes);
    }
    let report = documents.verify().unwrap();
    assert!(report.is_clean());
    assert_eq!((report.good, report.good_bytes), (3, 365_537));
}

#[test]
fn the_same_bytes_twice_are_kept_once_and_mend_a_rotten_copy() {
    let folder = tempfile::tempdir().unwrap();
    let documents = Documents::open(folder.path()).unwrap();
    let first = documents.put(&b"hello"[..], MAX_BYTES).unwrap();
    fs::write(place(folder.path(), HELLO), b"rotten").unwrap();
    assert_eq!(documents.put(&b"hello"[..], MAX_BYTES).unwrap(), first);
    assert_eq!(documents.get(HELLO).unwrap(), b"hello");
    assert_eq!(files_under(folder.path()), 2, "the document and the lock");
}

#[test]
fn many_at_once_do_not_meet() {
    let folder = tempfile::tempdir().unwrap();
    let documents = Documents::open(folder.path()).unwrap();
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let documents = &documents;
            scope.spawn(move || {
                for number in 0..20 {
                    let own = format!("{thread} {number}");
                    let shared = format!("{number}");
                    documents.put(own.as_bytes(), MAX_BYTES).unwrap();
                    documents.put(shared.as_bytes(), MAX_BYTES).unwrap();
                }
            });
        }
    });
    let report = documents.verify().unwrap();
    assert!(report.is_clean());
    assert_eq!(report.good, 8 * 20 + 20);
}

#[test]
fn too_big_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let documents = Documents::open(folder.path()).unwrap();
    assert!(matches!(documents.put(&b"hello"[..], 4), Err(Error::TooBig { max_bytes: 4 })));
    documents.put(&b"hello"[..], 5).unwrap();
    assert_eq!(files_under(folder.path()), 2, "the document and the lock");
}

#[test]
fn an_upload_that_breaks_off_leaves_nothing_behind() {
    struct BreaksOff(usize);
    impl Read for BreaksOff {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.0 += 1;
            if self.0 > 3 { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(buffer.len()) }
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let documents = Documents::open(folder.path()).unwrap();
    assert!(matches!(documents.put(BreaksOff(0), MAX_BYTES), Err(Error::Source { .. })));
    assert_eq!(files_under(folder.path()), 1, "the lock");
}

#[test]
fn what_a_crash_left_unfinished_is_cleared_away() {
    let folder = tempfile::tempdir().unwrap();
    drop(Documents::open(folder.path()).unwrap());
    fs::write(folder.path().join("unfinished/0"), b"hel").unwrap();
    let documents = Documents::open(folder.path()).unwrap();
    assert_eq!(files_under(folder.path()), 1, "the lock");
    documents.put(&b"hello"[..], MAX_BYTES).unwrap();
    assert_eq!(documents.get(HELLO).unwrap(), b"hello");
}

#[test]
fn a_second_opener_is_refused_until_the_first_has_gone() {
    let folder = tempfile::tempdir().unwrap();
    let first = Documents::open(folder.path()).unwrap();
    assert!(matches!(Documents::open(folder.path()), Err(Error::InUse { .. })));
    drop(first);
    Documents::open(folder.path()).unwrap();
}

#[test]
fn tampered_and_strange_files_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let documents = Documents::open(folder.path()).unwrap();
    documents.put(&b"hello"[..], MAX_BYTES).unwrap();
    documents.put(&b"other"[..], MAX_BYTES).unwrap();
    fs::write(place(folder.path(), HELLO), b"hullo").unwrap();
    let strange = folder.path().join("notes.txt");
    fs::write(&strange, b"mine").unwrap();
    assert!(matches!(documents.get(HELLO), Err(Error::Damaged { .. })));
    let report = documents.verify().unwrap();
    assert_eq!((report.good, report.damaged, report.strange), (1, vec![HELLO.to_owned()], vec![strange]));
}

#[test]
fn what_is_not_a_hash_never_becomes_a_path() {
    let folder = tempfile::tempdir().unwrap();
    let documents = Documents::open(folder.path().join("inner")).unwrap();
    fs::write(folder.path().join("secret"), b"secret").unwrap();
    let upper = HELLO.to_uppercase();
    let padded = format!("../{}", &HELLO[3..]);
    let wide = format!("{}é", &HELLO[..62]);
    for given in ["", "../secret", "/etc/passwd", &HELLO[1..], &upper, &padded, &wide, "lock", "unfinished"] {
        assert!(matches!(documents.get(given), Err(Error::NotAHash { .. })), "{given}");
        assert!(matches!(documents.remove(given), Err(Error::NotAHash { .. })), "{given}");
        assert!(matches!(documents.contains(given), Err(Error::NotAHash { .. })), "{given}");
        assert!(matches!(documents.open_file(given), Err(Error::NotAHash { .. })), "{given}");
    }
}

#[test]
fn removed_bytes_are_gone_and_removing_again_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    let documents = Documents::open(folder.path()).unwrap();
    documents.put(&b"hello"[..], MAX_BYTES).unwrap();
    documents.remove(HELLO).unwrap();
    documents.remove(HELLO).unwrap();
    assert!(matches!(documents.get(HELLO), Err(Error::NotFound { .. })));
    assert!(!documents.contains(HELLO).unwrap());
}

#[test]
fn what_is_packed_is_read_once_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let documents = Documents::open(folder.path()).unwrap();
    documents.put(&b"hello"[..], MAX_BYTES).unwrap();
    let entry = |content| ZipEntry { path: "à.txt".to_owned(), content };
    let mut packed = documents.pack(&[entry(Content::Document(HELLO.to_owned()))]).unwrap();
    assert_eq!(files_under(folder.path()), 2, "the document and the lock");
    let mut bytes = Vec::new();
    packed.read_to_end(&mut bytes).unwrap();
    assert!(bytes.starts_with(b"PK") && bytes.windows(5).any(|window| window == b"hello"));
    let missing = documents.pack(&[entry(Content::Document("0".repeat(64)))]);
    assert!(matches!(missing, Err(Error::NotFound { .. })));
    assert_eq!(files_under(folder.path()), 2, "the document and the lock");
}

#[test]
fn a_copy_holds_what_is_kept_and_nothing_else_and_goes_on_where_it_ended() {
    let folder = tempfile::tempdir().unwrap();
    let documents = Documents::open(folder.path()).unwrap();
    documents.put(&b"hello"[..], MAX_BYTES).unwrap();
    fs::write(folder.path().join("letter.txt"), b"mine").unwrap();
    let target = tempfile::tempdir().unwrap();
    let mut bytes = 0_u64;
    let mut count = |more: u64| -> io::Result<()> {
        bytes += more;
        Ok(())
    };
    assert_eq!(documents::copy(folder.path(), target.path(), &mut count).unwrap(), 1);
    assert_eq!(documents::copy(folder.path(), target.path(), &mut count).unwrap(), 0);
    documents.put(&b"more"[..], MAX_BYTES).unwrap();
    assert_eq!(documents::copy(folder.path(), target.path(), &mut count).unwrap(), 1);
    assert_eq!((bytes, files_under(target.path())), (9, 2));
    assert_eq!(Documents::open(target.path()).unwrap().get(HELLO).unwrap(), b"hello");
    let other = tempfile::tempdir().unwrap();
    let stopped = documents::copy(folder.path(), other.path(), &mut |_| Err(io::Error::other("enough")));
    assert!(stopped.is_err() && files_under(other.path()) == 1);
}

#[test]
fn whatever_the_program_does_that_reads_pdf_there_is_a_text_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let documents = Documents::open(folder.path()).unwrap();
    let sha256 = documents.put(&b"%PDF-1.7"[..], MAX_BYTES).unwrap().sha256;
    let check = |program: &str, expected: &str| {
        let reader = PdfReader::new(Path::new(program));
        assert_eq!(reader.text_of(documents.open_file(&sha256).unwrap()), expected, "{program}");
    };
    check("echo", "read-pdf");
    check("tracte-is-not-there", "");
    check("false", "");
    // It would go on for ever.
    check("yes", "");
}
