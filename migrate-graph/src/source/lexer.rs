//! Text into tokens, just well enough to know what is code and what is not.
//!
//! It tells comments, strings, raw strings, character literals and lifetimes apart, so that an attribute inside
//! one of them is never taken for one. It does not know the grammar of Rust: a file whose items make no sense
//! still has tokens, and one that breaks off inside a string or a comment has none after that point.

/// What a token is, as far as finding and reading one attribute needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An identifier or keyword; a lifetime is one too, with its quote.
    Word,
    /// A string literal, plain or raw.
    Str,
    /// Any other literal: numbers, characters, bytes, byte strings, C strings.
    Literal,
    /// One character of punctuation.
    Punct,
    /// `(`, `[` or `{`.
    Open,
    /// `)`, `]` or `}`.
    Close,
    /// A `//!` or `/*! */` comment, markers included.
    InnerDoc,
}

/// A token: its kind and its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lexeme {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Why a text has no more tokens, and where that begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LexError {
    pub(super) at: usize,
    pub(super) flaw: Flaw,
}

/// What stops the lexer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flaw {
    /// This construct is opened and never closed.
    Unterminated(&'static str),
    /// A NUL stands outside strings and comments.
    Nul,
}

/// The tokens of a text, in order; after an error there are none.
#[derive(Debug)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            at: 0,
        }
    }

    fn byte(&self, index: usize) -> u8 {
        self.bytes.get(index).copied().unwrap_or(b'\n')
    }

    /// The end of the run of identifier characters that begins at `from`.
    fn word_end(&self, from: usize) -> usize {
        let mut end = from;
        while end < self.bytes.len() && is_word(self.bytes[end]) {
            end += 1;
        }
        end
    }

    fn token(&self, start: usize) -> Result<(Kind, usize), Flaw> {
        match self.byte(start) {
            b'"' => Ok((Kind::Str, self.string_end(start)?)),
            b'\'' => self.character_or_lifetime(start),
            b'(' | b'[' | b'{' => Ok((Kind::Open, start + 1)),
            b')' | b']' | b'}' => Ok((Kind::Close, start + 1)),
            b'0'..=b'9' => Ok((Kind::Literal, self.word_end(start))),
            0 => Err(Flaw::Nul),
            byte if is_word(byte) => self.word_or_prefixed(start),
            _ => Ok((Kind::Punct, start + 1)),
        }
    }

    fn word_or_prefixed(&self, start: usize) -> Result<(Kind, usize), Flaw> {
        let end = self.word_end(start);
        let kind = match &self.bytes[start..end] {
            b"r" => Kind::Str,
            b"b" | b"c" | b"br" | b"cr" => Kind::Literal,
            _ => return Ok((Kind::Word, end)),
        };
        let raw = self.bytes[end - 1] == b'r';
        match self.byte(end) {
            b'"' if raw => Ok((kind, self.raw_string_end(end)?)),
            b'"' => Ok((kind, self.string_end(end)?)),
            b'\'' if self.bytes[start] == b'b' && !raw => {
                Ok((Kind::Literal, self.character_or_lifetime(end)?.1))
            }
            b'#' if raw => {
                let mut quote = end;
                while self.byte(quote) == b'#' {
                    quote += 1;
                }
                match self.byte(quote) {
                    b'"' => Ok((kind, self.raw_string_end(end)?)),
                    // `r#type`: an identifier that would otherwise be a keyword.
                    _ => Ok((Kind::Word, self.word_end(end + 1))),
                }
            }
            _ => Ok((Kind::Word, end)),
        }
    }

    /// The end of a string with escapes whose opening quote stands at `quote`.
    fn string_end(&self, quote: usize) -> Result<usize, Flaw> {
        let mut at = quote + 1;
        while at < self.bytes.len() {
            match self.bytes[at] {
                b'"' => return Ok(at + 1),
                b'\\' => at += 2,
                _ => at += 1,
            }
        }
        Err(Flaw::Unterminated("string"))
    }

    /// The end of a raw string whose first `#`, or quote when it has none, stands at `from`.
    fn raw_string_end(&self, from: usize) -> Result<usize, Flaw> {
        let mut quote = from;
        while self.byte(quote) == b'#' {
            quote += 1;
        }
        let hashes = quote - from;
        let mut at = quote + 1;
        while let Some(found) = self.text.get(at..).and_then(|rest| rest.find('"')) {
            at += found + 1;
            let closing = self.bytes.get(at..at + hashes);
            if closing.is_some_and(|closing| closing.iter().all(|byte| *byte == b'#')) {
                return Ok(at + hashes);
            }
        }
        Err(Flaw::Unterminated("raw string"))
    }

    fn character_or_lifetime(&self, quote: usize) -> Result<(Kind, usize), Flaw> {
        let content = quote + 1;
        let Some(first) = self.text.get(content..).and_then(|rest| rest.chars().next()) else {
            return Err(Flaw::Unterminated("character literal"));
        };
        if first == '\\' {
            let mut at = content + 2;
            while at < self.bytes.len() && self.bytes[at] != b'\n' {
                if self.bytes[at] == b'\'' {
                    return Ok((Kind::Literal, at + 1));
                }
                at += 1;
            }
            return Err(Flaw::Unterminated("character literal"));
        }
        let after = content + first.len_utf8();
        if first != '\'' && self.byte(after) == b'\'' {
            Ok((Kind::Literal, after + 1))
        } else if is_word(self.bytes[content]) {
            Ok((Kind::Word, self.word_end(content)))
        } else {
            Err(Flaw::Unterminated("character literal"))
        }
    }

    /// The end of the comment that begins at `start`, `None` when none does.
    fn comment_end(&self, start: usize) -> Result<Option<usize>, Flaw> {
        if self.byte(start) != b'/' {
            return Ok(None);
        }
        match self.byte(start + 1) {
            b'/' => {
                let line = self.text[start..].find('\n');
                Ok(Some(line.map_or(self.bytes.len(), |line| start + line)))
            }
            b'*' => {
                let (mut depth, mut at) = (1_usize, start + 2);
                while depth > 0 {
                    if at + 1 >= self.bytes.len() {
                        return Err(Flaw::Unterminated("comment"));
                    }
                    match (self.bytes[at], self.bytes[at + 1]) {
                        (b'/', b'*') => {
                            depth += 1;
                            at += 2;
                        }
                        (b'*', b'/') => {
                            depth -= 1;
                            at += 2;
                        }
                        _ => at += 1,
                    }
                }
                Ok(Some(at))
            }
            _ => Ok(None),
        }
    }
}

impl Iterator for Lexer<'_> {
    type Item = Result<Lexeme, LexError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let start = self.at;
            if start >= self.bytes.len() {
                return None;
            }
            if self.bytes[start].is_ascii_whitespace() {
                self.at += 1;
                continue;
            }
            let token = match self.comment_end(start) {
                Ok(Some(end)) if self.byte(start + 2) == b'!' && end > start + 2 => Ok((Kind::InnerDoc, end)),
                Ok(Some(end)) => {
                    self.at = end;
                    continue;
                }
                Ok(None) => self.token(start),
                Err(flaw) => Err(flaw),
            };
            return Some(match token {
                Ok((kind, end)) => {
                    self.at = end;
                    Ok(Lexeme { kind, start, end })
                }
                Err(flaw) => {
                    self.at = self.bytes.len();
                    Err(LexError { at: start, flaw })
                }
            });
        }
    }
}

/// Whether a byte belongs to an identifier: whatever is not ASCII counts, which is more than Rust allows and
/// keeps the tokens around it right.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{format, string::String, vec::Vec};

    /// The tokens of a text, one letter for the kind before each.
    fn tokens(text: &str) -> String {
        let shown: Vec<String> = Lexer::new(text)
            .map(|token| match token {
                Ok(Lexeme { kind, start, end }) => {
                    let letter = match kind {
                        Kind::Word => 'w',
                        Kind::Str => 's',
                        Kind::Literal => 'l',
                        Kind::Punct => 'p',
                        Kind::Open | Kind::Close => 'd',
                        Kind::InnerDoc => '!',
                    };
                    format!("{letter}:{}", &text[start..end])
                }
                Err(LexError { at, flaw }) => format!("{flaw:?} at {at}"),
            })
            .collect();
        shown.join(" ")
    }

    #[test]
    fn comments_are_no_tokens_unless_they_document_the_module() {
        assert_eq!(
            tokens("//! doc\n// a \"\n/* /* ' */ */ x /*! d */ /**/ //"),
            "!://! doc w:x !:/*! d */"
        );
    }

    #[test]
    fn strings_hide_what_is_in_them() {
        assert_eq!(
            tokens(r#"a "\"//" b"x\"" c"" b"#),
            r#"w:a s:"\"//" l:b"x\"" l:c"" w:b"#
        );
        assert_eq!(
            tokens(r###"r"\" r#"a"b"# br##""#"## r#fn r"###),
            r###"s:r"\" s:r#"a"b"# l:br##""#"## w:r#fn w:r"###
        );
    }

    #[test]
    fn characters_are_told_from_lifetimes() {
        assert_eq!(
            tokens(r"<'a,'b> 'a' '\'' '\u{41}' b'\'' '(' 'é' '\\' 'static"),
            r"p:< w:'a p:, w:'b p:> l:'a' l:'\'' l:'\u{41}' l:b'\'' l:'(' l:'é' l:'\\' w:'static"
        );
    }

    #[test]
    fn a_text_that_breaks_off_says_in_what() {
        assert_eq!(tokens("a \"b"), "w:a Unterminated(\"string\") at 2");
        assert_eq!(tokens("\"b\\"), "Unterminated(\"string\") at 0");
        assert_eq!(tokens("r##\"b\"#"), "Unterminated(\"raw string\") at 0");
        assert_eq!(tokens("r\""), "Unterminated(\"raw string\") at 0");
        assert_eq!(tokens("/* /* */"), "Unterminated(\"comment\") at 0");
        assert_eq!(tokens("/*"), "Unterminated(\"comment\") at 0");
        assert_eq!(tokens("'"), "Unterminated(\"character literal\") at 0");
        assert_eq!(tokens("'\\"), "Unterminated(\"character literal\") at 0");
        assert_eq!(tokens("f\0n"), "w:f Nul at 1");
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_an_end_and_its_tokens_follow_each_other(text in "[a-cr#\"'/*!\\\\\n(){}\\[\\]é\0]{0,40}") {
            let mut end = 0;
            for token in Lexer::new(&text).flatten() {
                assert!(token.start >= end && token.end > token.start);
                assert!(text.get(token.start..token.end).is_some());
                end = token.end;
            }
        }
    }
}
