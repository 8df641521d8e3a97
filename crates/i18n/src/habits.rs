//! What somebody is used to, as their browser's first language tells (Unicode CLDR, supplemental `timeData` and
//! `weekData`). It is a default: what was chosen goes before it.

use jiff::civil::Weekday;

use crate::time::HourCycle;

/// Where English is written with 24 hours. Elsewhere it has 12, and all other languages that the pages speak have 24.
const ENGLISH_24: &str = "AI AT BE BZ BW IO BI CM CX CC CK CZ DK EE FK FI FR GE DE GI GG HU ID IE IM IL IT JP JE KE LV LT MG \
     MV MT MU MS NR NL NG NU NF NO PN PL PT RO RW SC SX SK SI ZA GS ES SH SE CH TZ TK TV UG UA GB ZW";

/// Where the week begins on a Sunday.
const SUNDAY: &str = "AS AG BS BD BZ BT BW BR KH CA CO DM DO SV ET GU GT HN HK IS IN ID IL JM JP KE LA MO MT MH MX MZ MM \
     NP NI PK PA PY PE PH PT PR WS SA SG ZA KR TW TH TT UM VI US VE YE ZW";

/// Where it begins on a Saturday.
const SATURDAY: &str = "AF DZ BH DJ EG IR IQ JO KW LY OM QA SD SY";

/// Where it begins on a Friday. Everywhere else it is a Monday, as in ISO 8601.
const FRIDAY: &str = "MV";

/// Hours and weeks of a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Habits {
    /// 12 or 24 hours.
    pub hours: HourCycle,
    /// The first day of a week.
    pub first_weekday: Weekday,
}

impl Habits {
    /// Those of the first language in a header `Accept-Language`; without one, 24 hours and Monday.
    #[must_use]
    pub fn of(accept_language: &str) -> Self {
        let first = accept_language.split([',', ';']).next().unwrap_or_default().trim();
        let mut parts = first.split(['-', '_']);
        let language = parts.next().unwrap_or_default().to_ascii_lowercase();
        let english = language == "en";
        let region = parts.find(|part| part.len() == 2).map(str::to_ascii_uppercase);
        // English without a region is that of the United States (CLDR, likely subtags).
        let region = region.unwrap_or_else(|| if english { "US".to_owned() } else { String::new() });
        let has = |regions: &str| regions.split(' ').any(|known| known == region);
        let first_weekday = if has(SUNDAY) {
            Weekday::Sunday
        } else if has(SATURDAY) {
            Weekday::Saturday
        } else if has(FRIDAY) {
            Weekday::Friday
        } else {
            Weekday::Monday
        };
        let hours = if english && !has(ENGLISH_24) { HourCycle::H12 } else { HourCycle::H24 };
        Self { hours, first_weekday }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nameplate_domain::account::CountryCode;
    use std::process::Command;

    /// ICU's answers, by Node: hour cycle and first weekday (1 is Monday) of each tag.
    const ICU: &str = "for (const tag of process.argv.slice(1)) {
        const hours = new Intl.DateTimeFormat(tag, { hour: 'numeric' }).resolvedOptions().hourCycle;
        console.log(tag, hours === 'h12' || hours === 'h11' ? 12 : 24, new Intl.Locale(tag).weekInfo.firstDay);
    }";

    #[test]
    fn hours_and_weeks_are_those_of_icu_in_every_region() {
        let tags = ["en", "nl"].into_iter().flat_map(|language| {
            CountryCode::all().map(move |country| format!("{language}-{}", country.as_str()))
        });
        let tags: Vec<String> = tags.chain(["en".to_owned(), "nl".to_owned()]).collect();
        let output = Command::new("node").args(["-e", ICU]).args(&tags).output().unwrap();
        let known: Vec<String> =
            String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect();
        let ours = |tag: &String| {
            let habits = Habits::of(tag);
            let hours = if habits.hours == HourCycle::H12 { 12 } else { 24 };
            format!("{tag} {hours} {}", habits.first_weekday.to_monday_one_offset())
        };
        assert_eq!(tags.iter().map(ours).collect::<Vec<_>>(), known);
    }

    #[test]
    fn only_the_first_language_counts_and_anything_else_is_iso_8601() {
        let iso = Habits { hours: HourCycle::H24, first_weekday: Weekday::Monday };
        for header in ["", "*", "de-DE,en-US;q=0.5", "nl, en-US", "-", "x".repeat(10_000).as_str()] {
            assert_eq!(Habits::of(header), iso, "{header:?}");
        }
        let american = Habits { hours: HourCycle::H12, first_weekday: Weekday::Sunday };
        for header in ["en-US,en;q=0.9", "EN_us", "en-Latn-US;q=1"] {
            assert_eq!(Habits::of(header), american, "{header:?}");
        }
    }
}
