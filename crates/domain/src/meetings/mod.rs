//! Meeting types, meetings, and the rules of booking.
