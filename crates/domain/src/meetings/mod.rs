//! Meeting types, meetings, and what may become of a meeting.

mod after;
mod answer;
mod guests;
mod meeting;
mod meeting_type;

pub use after::{Attendance, AttendanceRefusal, MISSED_WITHIN, Rating, Review, ReviewRefusal};
pub use answer::{Answer, Answered, answer_of};
pub use guests::MOST_GUESTS;
pub use meeting::{Booking, ChangeRefusal, Customer, Meeting, Party, Side, SmsConsent, Status, UnknownWord};
pub use meeting_type::{MeetingType, MeetingTypeDraft, check_rules};
