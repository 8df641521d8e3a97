//! Everything that can be wrong with a value that somebody typed.

use std::fmt;

macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident $({ $($arg:ident: $kind:ty),* })? = $code:literal;)*) => {
        /// What is wrong with a typed value. Its text is the catalogue message `problem-` + code, with dashes.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Problem {
            $($(#[$doc])* $name $({
                $(#[doc = concat!("The message's `", stringify!($arg), "`.")] $arg: $kind),*
            })?,)*
        }

        impl Problem {
            /// Every code there is.
            pub const CODES: &'static [&'static str] = &[$($code),*];

            /// The stable code of the API, snake case.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self {
                    $(Self::$name $({ $($arg: _),* })? => $code,)*
                }
            }

            /// The named arguments of the message.
            #[must_use]
            pub fn args(&self) -> Vec<(&'static str, String)> {
                match self {
                    $(Self::$name $({ $($arg),* })? => vec![$($((stringify!($arg), $arg.to_string())),*)?],)*
                }
            }
        }
    };
}

problems! {
    /// Nothing was typed, or only spaces and invisible characters.
    Empty = "empty";
    /// Fewer characters than the rule asks for.
    TooShort { min: usize } = "too_short";
    /// More characters than P4 of security.md allows.
    TooLong { max: usize } = "too_long";
    /// A control or bidi control character (P4).
    ForbiddenCharacter = "forbidden_character";
    /// A line break in a field of one line (P4).
    LineBreak = "line_break";
    /// Not a whole number.
    NotANumber = "not_a_number";
    /// Not a number in digits, with at most one decimal mark.
    NumberFormat = "number_format";
    /// Not an address of the web.
    UrlFormat = "url_format";
    /// Not `https`, for a host that the configuration does not name.
    NotHttps = "not_https";
    /// An address in a private network, which the configuration does not name.
    PrivateAddress = "private_address";
    /// A port on which no web server is expected.
    PortNotAllowed = "port_not_allowed";
    /// As many webhooks as there can be.
    TooManyWebhooks { max: usize } = "too_many_webhooks";
    /// Not the form `2026-11-23`.
    DateFormat = "date_format";
    /// A key has something other than a to z, 0 to 9 and `_`, or does not begin with a letter.
    KeyFormat = "key_format";
    /// A key that another field has.
    KeyTaken = "key_taken";
    /// The same line twice.
    Repeated { value: String } = "repeated";
    /// More lines than the field takes.
    TooManyLines { max: usize } = "too_many_lines";
    /// A choice that somebody has cannot be taken away.
    ChoiceInUse { choice: String } = "choice_in_use";
    /// As many profile fields as there can be.
    TooManyFields { max: usize } = "too_many_fields";
    /// Another agent has this id in that system.
    ExternalIdTaken = "external_id_taken";
    /// Not a system and an id with a colon between them.
    ExternalIdFormat = "external_id_format";
    /// More ids of other systems than an agent can have.
    TooManyIds { max: usize } = "too_many_ids";
    /// A field that admins alone fill in.
    AdminsOnly = "admins_only";
    /// A number outside its limits.
    OutOfRange { min: u32, max: u32 } = "out_of_range";
    /// Not one of the values that this field offers.
    NotAChoice = "not_a_choice";
    /// A reminder would be due before its meeting was booked.
    NoticeTooShort = "notice_too_short";
    /// The first reminder would be due when the second one is.
    ReminderTooLate = "reminder_too_late";
    /// A JSON value of another type than the field has.
    WrongType = "wrong_type";
    /// A field that does not exist here or may not be set.
    UnknownField = "unknown_field";
    /// Not the form `name@example.com`.
    EmailFormat = "email_format";
    /// The part before the @ has a character that cannot travel by every mail server.
    EmailLocalPart = "email_local_part";
    /// The part after the @ is not a domain name.
    EmailDomain = "email_domain";
    /// Another account has this address.
    EmailTaken = "email_taken";
    /// A guest who is the customer, or a guest already.
    TakesPart = "takes_part";
    /// More guests than a meeting can have.
    TooManyGuests { max: usize } = "too_many_guests";
    /// A slug has something other than a to z, 0 to 9 and hyphens.
    SlugCharacter = "slug_character";
    /// A slug has a letter of another script that looks like a Latin one.
    SlugLookAlike { character: char } = "slug_look_alike";
    /// A slug begins or ends with a hyphen or has two in a row.
    SlugHyphen = "slug_hyphen";
    /// A slug that the server uses itself.
    SlugReserved = "slug_reserved";
    /// A slug that another account has or once had.
    SlugTaken = "slug_taken";
    /// A phone number with letters.
    PhoneLetters = "phone_letters";
    /// A phone number with something other than digits, `+ ( ) - . /` and spaces.
    PhoneCharacter = "phone_character";
    /// A national phone number where no country is known.
    PhoneCountry = "phone_country";
    /// Not a phone number that exists in its country; `example` is one that could.
    PhoneInvalid { example: String } = "phone_invalid";
    /// Text messages were asked for and no number was given.
    PhoneForSms = "phone_for_sms";
    /// A number of a country to which this server sends no text messages.
    PhoneNoSms = "phone_no_sms";
    /// Neither a country code of two letters nor a country's English name.
    CountryUnknown = "country_unknown";
    /// Not a time zone of the time-zone data.
    TimeZoneUnknown = "time_zone_unknown";
    /// Shorter than the password policy allows for this account (A1).
    PasswordTooShort { min: usize } = "password_too_short";
    /// More than 256 characters or 1,024 bytes (P4).
    PasswordTooLong { max: usize } = "password_too_long";
    /// One of the passwords that everybody tries first, or a form of it (A2).
    PasswordCommon = "password_common";
    /// Little more than words of this account or of this server (A2).
    PasswordContext = "password_context";
    /// A sequence, a repetition or a pattern that is guessed at once.
    PasswordTooSimple = "password_too_simple";
    /// The current password is another one.
    PasswordWrong = "password_wrong";
    /// The passkey is somebody's already.
    PasskeyKnown = "passkey_known";
    /// Not the word that must be typed to say that it is meant.
    ConfirmationWrong = "confirmation_wrong";
    /// Neither the code that the app shows now nor a recovery code that is left.
    CodeWrong = "code_wrong";
}

impl fmt::Display for Problem {
    /// The code: for logs. People read the catalogue's message.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for Problem {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_has_a_message() {
        let catalogue = include_str!("../../../i18n/catalogue/en/problems.ftl");
        for code in Problem::CODES {
            let key = format!("problem-{} = ", code.replace('_', "-"));
            assert!(catalogue.lines().any(|line| line.starts_with(&key)), "no message {key}");
        }
        let messages = catalogue.lines().filter(|line| line.starts_with("problem-")).count();
        assert_eq!(messages, Problem::CODES.len(), "a message without a problem");
    }

    #[test]
    fn a_problem_carries_its_code_and_its_arguments() {
        let problem = Problem::OutOfRange { min: 5, max: 1_440 };
        assert_eq!(problem.code(), "out_of_range");
        assert_eq!(problem.args(), [("min", "5".to_owned()), ("max", "1440".to_owned())]);
        assert_eq!(Problem::Empty.args(), []);
    }
}
