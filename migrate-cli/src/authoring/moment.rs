//! When a revision is made, in the project's time zone: the clock and the zones, and nothing about files.

use jiff::tz::{self, TimeZone};
use jiff::{Timestamp, Zoned};

/// The variable by which reproducible builds give the time, in seconds since 1970.
pub(crate) const SOURCE_DATE_EPOCH: &str = "SOURCE_DATE_EPOCH";

/// The zone when the project names none.
pub(crate) const DEFAULT_TIME_ZONE: &str = "UTC";

/// The zone of the system that the command runs on.
const LOCAL: &str = "local";

/// A point in time, in a zone.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Moment(Zoned);

/// Why the time cannot be told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum MomentError {
    #[error("Can't locate timezone: {name}")]
    UnknownZone { name: String, nearest: Option<String> },
    #[error("`{SOURCE_DATE_EPOCH}` is `{text}`, which is no time: it takes seconds since 1970")]
    Epoch { text: String },
}

impl MomentError {
    /// What to do next, a sentence each.
    pub(crate) fn hints(&self) -> Vec<String> {
        match self {
            Self::UnknownZone {
                nearest: Some(nearest),
                ..
            } => vec![format!("did you mean `{nearest}`?")],
            Self::UnknownZone { nearest: None, .. } => {
                vec!["`timezone` takes a name such as `Europe/Berlin`, `UTC`, or `local`".to_owned()]
            }
            Self::Epoch { .. } => Vec::new(),
        }
    }
}

impl Moment {
    /// Now, or the time that `epoch` gives, the value of [`SOURCE_DATE_EPOCH`].
    ///
    /// A zone is named as the IANA does, in any case, or `local`; there are no offsets and no rules of POSIX here.
    ///
    /// # Errors
    /// [`MomentError`] for a zone that nobody knows, and for an epoch that is no time.
    pub(crate) fn now(zone: &str, epoch: Option<&str>) -> Result<Self, MomentError> {
        let zone = time_zone(zone)?;
        let now = match epoch {
            None => Timestamp::now(),
            Some(text) => text
                .parse()
                .ok()
                .and_then(|seconds| Timestamp::from_second(seconds).ok())
                .ok_or_else(|| MomentError::Epoch {
                    text: text.to_owned(),
                })?,
        };
        Ok(Self(now.to_zoned(zone)))
    }

    /// The value of a token of file names: `epoch` and the parts of the date, in as many digits as keep names in
    /// the order of time. `None` for any other word.
    pub(crate) fn token(&self, name: &str) -> Option<String> {
        let time = &self.0;
        Some(match name {
            "epoch" => time.timestamp().as_second().to_string(),
            "year" => format!("{:04}", time.year()),
            "month" => format!("{:02}", time.month()),
            "day" => format!("{:02}", time.day()),
            "hour" => format!("{:02}", time.hour()),
            "minute" => format!("{:02}", time.minute()),
            "second" => format!("{:02}", time.second()),
            _ => return None,
        })
    }

    /// As it stands in a migration: `2026-11-20 12:00:00 UTC`. Other zones are written as their offset, since
    /// the abbreviations of zones are not unique.
    pub(crate) fn create_date(&self) -> String {
        let format = if self.0.offset().is_zero() {
            "%Y-%m-%d %H:%M:%S UTC"
        } else {
            "%Y-%m-%d %H:%M:%S %:z"
        };
        self.0.strftime(format).to_string()
    }
}

fn time_zone(name: &str) -> Result<TimeZone, MomentError> {
    if name == LOCAL {
        return Ok(TimeZone::system());
    }
    tz::db().get(name).map_err(|_| MomentError::UnknownZone {
        name: name.to_owned(),
        nearest: nearest(name),
    })
}

/// The zone that was probably meant: also by its city alone.
fn nearest(name: &str) -> Option<String> {
    let wanted = name.to_lowercase().replace(' ', "_");
    let distance = |known: &str| {
        let known = known.to_lowercase();
        let city = known.rsplit('/').next().unwrap_or(&known);
        strsim::damerau_levenshtein(&known, &wanted).min(strsim::damerau_levenshtein(city, &wanted))
    };
    let known = tz::db().available().map(|known| known.as_str().to_owned());
    known
        .chain([LOCAL.to_owned()])
        .map(|known| (distance(&known), known))
        .filter(|(distance, _)| *distance <= name.chars().count().min(9) / 3)
        .min()
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-07-01 23:59:09 UTC.
    const SUMMER: Option<&str> = Some("1782950349");

    #[test]
    fn the_time_is_that_of_the_zone() {
        let zones = [
            "UTC",
            "utc",
            "Europe/Berlin",
            "america/new_york",
            "Asia/Kathmandu",
        ];
        let lines = zones.map(|zone| {
            let moment = Moment::now(zone, SUMMER).unwrap();
            let tokens = ["epoch", "year", "month", "day", "hour", "minute", "second"]
                .map(|name| moment.token(name).unwrap());
            format!("{zone}: {} = {}", moment.create_date(), tokens.join(" "))
        });
        insta::assert_snapshot!(lines.join("\n"), @"
        UTC: 2026-07-01 23:59:09 UTC = 1782950349 2026 07 01 23 59 09
        utc: 2026-07-01 23:59:09 UTC = 1782950349 2026 07 01 23 59 09
        Europe/Berlin: 2026-07-02 01:59:09 +02:00 = 1782950349 2026 07 02 01 59 09
        america/new_york: 2026-07-01 19:59:09 -04:00 = 1782950349 2026 07 01 19 59 09
        Asia/Kathmandu: 2026-07-02 05:44:09 +05:45 = 1782950349 2026 07 02 05 44 09
        ");
        assert!(Moment::now(LOCAL, SUMMER).is_ok());
    }

    #[test]
    fn without_an_epoch_it_is_now() {
        let seconds = |moment: &Moment| moment.token("epoch").unwrap().parse::<i64>().unwrap();
        let before = Timestamp::now().as_second();
        let moment = Moment::now("UTC", None).unwrap();
        assert!((before..=Timestamp::now().as_second()).contains(&seconds(&moment)));
        assert_eq!(moment.token("slug"), None);
    }

    #[test]
    fn a_zone_or_an_epoch_that_is_none_is_refused() {
        let zones = [
            "Europe/Berlni",
            "berlin",
            "new york",
            "locale",
            "Mars/Olympus Mons",
            "+02:00",
            "",
        ];
        let errors = zones.map(|zone| {
            let error = Moment::now(zone, None).unwrap_err();
            format!("{error}: {}", error.hints().join(" "))
        });
        insta::assert_snapshot!(errors.join("\n"), @"
        Can't locate timezone: Europe/Berlni: did you mean `Europe/Berlin`?
        Can't locate timezone: berlin: did you mean `Europe/Berlin`?
        Can't locate timezone: new york: did you mean `America/New_York`?
        Can't locate timezone: locale: did you mean `local`?
        Can't locate timezone: Mars/Olympus Mons: `timezone` takes a name such as `Europe/Berlin`, `UTC`, or `local`
        Can't locate timezone: +02:00: `timezone` takes a name such as `Europe/Berlin`, `UTC`, or `local`
        Can't locate timezone: : `timezone` takes a name such as `Europe/Berlin`, `UTC`, or `local`
        ");
        for epoch in ["", "noon", "1.5", "-99999999999999", "99999999999999999999"] {
            let error = Moment::now("UTC", Some(epoch)).unwrap_err();
            assert_eq!(
                error,
                MomentError::Epoch {
                    text: epoch.to_owned()
                }
            );
        }
    }
}
