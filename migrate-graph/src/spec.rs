//! Targets as people write them: `head`, `cart@+2`, `ae10-1`, `a:b`.
//!
//! Text becomes data here and nothing else: whether a revision of that name exists, and which one a target
//! means, is for [`resolve`](crate::resolve).

use alloc::string::String;
use core::{fmt, str::FromStr};

/// A target: `[LABEL@][SYMBOL][+N | -N]`, with a symbol or a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionSpec {
    /// The text, as given.
    pub text: String,
    /// What stands before `@`: a label, or the id of a revision whose line is meant.
    pub label: Option<String>,
    /// Where to start; without one, a number counts from where the database is.
    pub symbol: Option<Symbol>,
    /// How far to go from there.
    pub offset: Option<Offset>,
}

/// A place in the graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Symbol {
    /// `head`: the only head.
    Head,
    /// `heads`: all heads.
    Heads,
    /// `base`: before the first revision.
    Base,
    /// `current`: where the database is.
    Current,
    /// An id, an abbreviation of one, or a label.
    Name(String),
}

/// A number of revisions to go up or down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offset {
    /// `+N`.
    Up(u32),
    /// `-N`.
    Down(u32),
}

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Up(steps) => write!(f, "+{steps}"),
            Self::Down(steps) => write!(f, "-{steps}"),
        }
    }
}

/// A range `A:B`, `A:`, `:B` or `:`, as `history -r` and `--sql` take it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecRange {
    /// The text, as given.
    pub text: String,
    /// What stands before the colon.
    pub start: Option<RevisionSpec>,
    /// What stands after it.
    pub end: Option<RevisionSpec>,
}

/// A text that is no target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecError {
    /// The text.
    pub text: String,
    /// What is wrong with it.
    pub reason: SpecErrorReason,
}

/// What is wrong with a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpecErrorReason {
    /// There is nothing in it.
    Empty,
    /// Nothing stands before its `@`.
    EmptyLabel,
    /// Nothing stands after its `@`.
    NothingInLabel,
    /// It has more than one `@`.
    SeveralLabels,
    /// No number, or more than a number, follows its `+` or `-`.
    NotANumber,
    /// Its number is above 4,294,967,295.
    NumberTooLarge,
    /// A range stands where a single target is wanted.
    IsRange,
    /// A single target stands where a range is wanted, or there are two colons.
    NotARange,
}

impl fmt::Display for SpecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = match self.reason {
            SpecErrorReason::Empty => "it is empty",
            SpecErrorReason::EmptyLabel => "a label must stand before `@`",
            SpecErrorReason::NothingInLabel => "a target such as `head` must follow `@`",
            SpecErrorReason::SeveralLabels => "there is more than one `@`",
            SpecErrorReason::NotANumber => "only a number can follow `+` or `-`",
            SpecErrorReason::NumberTooLarge => "the number is too large",
            SpecErrorReason::IsRange => "a single target is wanted here, not a range",
            SpecErrorReason::NotARange => {
                return write!(
                    f,
                    "History range requires [start]:[end], [start]:, or :[end]; got '{}'",
                    self.text
                );
            }
        };
        write!(f, "Can't locate revision identified by '{}': {why}", self.text)
    }
}

impl core::error::Error for SpecError {}

impl RevisionSpec {
    /// Reads a target.
    ///
    /// # Errors
    /// [`SpecError`] when the text has none of the forms of a target.
    ///
    /// ```
    /// use migrate_graph::{Offset, RevisionSpec, Symbol};
    ///
    /// let spec = RevisionSpec::parse("cart@head-2").unwrap();
    /// assert_eq!(spec.label.as_deref(), Some("cart"));
    /// assert_eq!(spec.symbol, Some(Symbol::Head));
    /// assert_eq!(spec.offset, Some(Offset::Down(2)));
    /// ```
    pub fn parse(text: &str) -> Result<Self, SpecError> {
        let fail = |reason| SpecError {
            text: text.into(),
            reason,
        };
        if text.contains(':') {
            return Err(fail(SpecErrorReason::IsRange));
        }
        let (label, rest) = match text.split_once('@') {
            None => (None, text),
            Some(("", _)) => return Err(fail(SpecErrorReason::EmptyLabel)),
            Some((label, rest)) => (Some(label), rest),
        };
        if rest.contains('@') {
            return Err(fail(SpecErrorReason::SeveralLabels));
        }
        let (symbol, number) = rest
            .find(['+', '-'])
            .map_or((rest, ""), |place| rest.split_at(place));
        if rest.is_empty() {
            let nothing = label.map_or(SpecErrorReason::Empty, |_| SpecErrorReason::NothingInLabel);
            return Err(fail(nothing));
        }
        Ok(Self {
            text: text.into(),
            label: label.map(String::from),
            symbol: match symbol {
                "" => None,
                "head" => Some(Symbol::Head),
                "heads" => Some(Symbol::Heads),
                "base" => Some(Symbol::Base),
                "current" => Some(Symbol::Current),
                name => Some(Symbol::Name(name.into())),
            },
            offset: offset(number).map_err(fail)?,
        })
    }
}

/// The number after a symbol: nothing, or a sign and digits.
fn offset(text: &str) -> Result<Option<Offset>, SpecErrorReason> {
    let (digits, direction): (&str, fn(u32) -> Offset) = match text.split_at_checked(1) {
        Some(("+", digits)) => (digits, Offset::Up),
        Some(("-", digits)) => (digits, Offset::Down),
        Some(_) | None => return Ok(None),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(SpecErrorReason::NotANumber);
    }
    let steps = digits.parse().map_err(|_| SpecErrorReason::NumberTooLarge)?;
    Ok(Some(direction(steps)))
}

impl FromStr for RevisionSpec {
    type Err = SpecError;

    fn from_str(text: &str) -> Result<Self, SpecError> {
        Self::parse(text)
    }
}

impl fmt::Display for RevisionSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl SpecRange {
    /// Reads a range.
    ///
    /// # Errors
    /// [`SpecError`] when there is not exactly one colon, or one of the ends is no target.
    pub fn parse(text: &str) -> Result<Self, SpecError> {
        let parts = text.split_once(':').filter(|(_, end)| !end.contains(':'));
        let Some((start, end)) = parts else {
            return Err(SpecError {
                text: text.into(),
                reason: SpecErrorReason::NotARange,
            });
        };
        let side = |text: &str| (!text.is_empty()).then(|| RevisionSpec::parse(text)).transpose();
        Ok(Self {
            text: text.into(),
            start: side(start)?,
            end: side(end)?,
        })
    }
}

impl FromStr for SpecRange {
    type Err = SpecError;

    fn from_str(text: &str) -> Result<Self, SpecError> {
        Self::parse(text)
    }
}

impl fmt::Display for SpecRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{format, vec::Vec};

    fn shown(texts: &[&str]) -> String {
        let show = |text: &&str| match RevisionSpec::parse(text) {
            Ok(RevisionSpec {
                label,
                symbol,
                offset,
                ..
            }) => format!("{text:12} {label:?} {symbol:?} {offset:?}"),
            Err(error) => format!("{text:12} {error}"),
        };
        texts.iter().map(show).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn every_form_of_a_target_is_read() {
        insta::assert_snapshot!(shown(&[
            "head", "heads", "base", "current", "1f3c", "v1.2_x", "+2", "-1", "1f3c+2", "1f3c-2", "head-1",
            "base+2", "cart@head", "cart@heads", "cart@base", "cart@+2", "cart@-1", "cart@1f3c", "cart@1f3c-1",
            "cart@base+2", "+007",
        ]), @r#"
        head         None Some(Head) None
        heads        None Some(Heads) None
        base         None Some(Base) None
        current      None Some(Current) None
        1f3c         None Some(Name("1f3c")) None
        v1.2_x       None Some(Name("v1.2_x")) None
        +2           None None Some(Up(2))
        -1           None None Some(Down(1))
        1f3c+2       None Some(Name("1f3c")) Some(Up(2))
        1f3c-2       None Some(Name("1f3c")) Some(Down(2))
        head-1       None Some(Head) Some(Down(1))
        base+2       None Some(Base) Some(Up(2))
        cart@head    Some("cart") Some(Head) None
        cart@heads   Some("cart") Some(Heads) None
        cart@base    Some("cart") Some(Base) None
        cart@+2      Some("cart") None Some(Up(2))
        cart@-1      Some("cart") None Some(Down(1))
        cart@1f3c    Some("cart") Some(Name("1f3c")) None
        cart@1f3c-1  Some("cart") Some(Name("1f3c")) Some(Down(1))
        cart@base+2  Some("cart") Some(Base) Some(Up(2))
        +007         None None Some(Up(7))
        "#);
    }

    #[test]
    fn what_is_no_target_is_refused_with_the_reason() {
        insta::assert_snapshot!(shown(&[
            "", "@head", "cart@", "a@b@c", "+", "head-", "a+b", "a+1-1", "+ 1", "+99999999999", "a:b", "+١", "é+é",
        ]), @r"
                     Can't locate revision identified by '': it is empty
        @head        Can't locate revision identified by '@head': a label must stand before `@`
        cart@        Can't locate revision identified by 'cart@': a target such as `head` must follow `@`
        a@b@c        Can't locate revision identified by 'a@b@c': there is more than one `@`
        +            Can't locate revision identified by '+': only a number can follow `+` or `-`
        head-        Can't locate revision identified by 'head-': only a number can follow `+` or `-`
        a+b          Can't locate revision identified by 'a+b': only a number can follow `+` or `-`
        a+1-1        Can't locate revision identified by 'a+1-1': only a number can follow `+` or `-`
        + 1          Can't locate revision identified by '+ 1': only a number can follow `+` or `-`
        +99999999999 Can't locate revision identified by '+99999999999': the number is too large
        a:b          Can't locate revision identified by 'a:b': a single target is wanted here, not a range
        +١           Can't locate revision identified by '+١': only a number can follow `+` or `-`
        é+é          Can't locate revision identified by 'é+é': only a number can follow `+` or `-`
        ");
    }

    #[test]
    fn a_range_has_one_colon_and_may_lack_its_ends() {
        let range = SpecRange::parse("-3:cart@head").unwrap();
        assert_eq!(range.start.unwrap().offset, Some(Offset::Down(3)));
        assert_eq!(range.end.unwrap().label.as_deref(), Some("cart"));
        assert!(SpecRange::parse(":").is_ok_and(|range| range.start.is_none() && range.end.is_none()));
        assert_eq!(
            SpecRange::parse("a:b:c").unwrap_err().reason,
            SpecErrorReason::NotARange
        );
        assert_eq!(
            SpecRange::parse("head").unwrap_err().reason,
            SpecErrorReason::NotARange
        );
        assert_eq!(
            SpecRange::parse("a:@").unwrap_err().reason,
            SpecErrorReason::EmptyLabel
        );
    }
}
