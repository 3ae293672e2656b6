//! [`Filling`]: how far a backfill is, and when a person who sees lines is told so.
//!
//! A line for each tenth of it, however many batches that is. Nothing is written here.

/// What is known of a backfill that is under way.
#[derive(Debug)]
pub(crate) struct Filling {
    what: String,
    rows: u64,
    of: u64,
    /// The rows of the last line.
    told: u64,
}

impl Filling {
    /// One that has come so far.
    pub(crate) fn new(what: &str, rows: u64, of: u64) -> Self {
        Self {
            what: what.to_owned(),
            rows,
            of,
            told: rows,
        }
    }

    /// Whether it is this one that goes on.
    pub(crate) fn goes_on(&self, what: &str, rows: u64) -> bool {
        self.what == what && self.rows <= rows
    }

    /// It has come further; whether that is worth a line.
    pub(crate) fn comes_to(&mut self, rows: u64, of: u64) -> bool {
        (self.rows, self.of) = (rows, of);
        let tenth = |rows: u64| rows.saturating_mul(10).checked_div(of).unwrap_or_default();
        let worth = tenth(rows) > tenth(self.told);
        if worth {
            self.told = rows;
        }
        worth
    }

    /// Whether no line has said how far it is.
    pub(crate) const fn is_untold(&self) -> bool {
        self.told != self.rows
    }

    /// How far it is.
    pub(crate) fn line(&self) -> String {
        let Self { what, rows, of, .. } = self;
        format!("  {what}: {rows} of {of} rows")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of a backfill that begins behind so many rows.
    fn lines(from: u64, batch: u64, of: u64) -> String {
        let mut filling = Filling::new("users.full_name", from, of);
        let mut lines = Vec::new();
        let mut rows = from;
        while rows < of {
            rows = (rows + batch).min(of);
            assert!(filling.goes_on("users.full_name", rows));
            if filling.comes_to(rows, of) {
                lines.push(filling.line());
            }
        }
        assert!(!filling.is_untold());
        lines.join("\n")
    }

    #[test]
    fn each_tenth_is_worth_a_line_and_so_is_the_end() {
        assert_eq!(lines(0, 7, 100_000).lines().count(), 10);
        insta::assert_snapshot!(lines(50, 20, 105), @"
        users.full_name: 70 of 105 rows
        users.full_name: 90 of 105 rows
        users.full_name: 105 of 105 rows
        ");
        assert_eq!(lines(0, 1000, 3), "  users.full_name: 3 of 3 rows");
    }

    #[test]
    fn another_one_and_one_that_begins_anew_do_not_go_on() {
        let mut filling = Filling::new("users.full_name", 0, 100);
        assert!(!filling.comes_to(0, 0));
        assert!(filling.comes_to(50, 100) && !filling.is_untold());
        assert!(!filling.comes_to(52, 100) && filling.is_untold());
        assert!(filling.goes_on("users.full_name", 52));
        assert!(!filling.goes_on("users.plan", 60));
        assert!(!filling.goes_on("users.full_name", 0));
    }
}
