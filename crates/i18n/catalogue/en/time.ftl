# Dates, times and zones. Names and order of the parts belong to the language.

time-weekday-1 = Monday
time-weekday-2 = Tuesday
time-weekday-3 = Wednesday
time-weekday-4 = Thursday
time-weekday-5 = Friday
time-weekday-6 = Saturday
time-weekday-7 = Sunday

time-weekday-short-1 = Mon
time-weekday-short-2 = Tue
time-weekday-short-3 = Wed
time-weekday-short-4 = Thu
time-weekday-short-5 = Fri
time-weekday-short-6 = Sat
time-weekday-short-7 = Sun

time-month-1 = January
time-month-2 = February
time-month-3 = March
time-month-4 = April
time-month-5 = May
time-month-6 = June
time-month-7 = July
time-month-8 = August
time-month-9 = September
time-month-10 = October
time-month-11 = November
time-month-12 = December

time-month-short-1 = Jan
time-month-short-2 = Feb
time-month-short-3 = Mar
time-month-short-4 = Apr
time-month-short-5 = May
time-month-short-6 = Jun
time-month-short-7 = Jul
time-month-short-8 = Aug
time-month-short-9 = Sep
time-month-short-10 = Oct
time-month-short-11 = Nov
time-month-short-12 = Dec

# 1 December
time-date-day = { $day } { $month }
# Tuesday 1 December 2026, also with short names
time-date = { $weekday } { $day } { $month } { $year }
# Tuesday 1 December
time-date-no-year = { $weekday } { $day } { $month }
# December 2026
time-month-year = { $month } { $year }

time-clock-24 = { $hour }:{ $minute }
time-clock-am = { $hour }:{ $minute } am
time-clock-pm = { $hour }:{ $minute } pm

# 01:45 (UTC-4)
time-with-offset = { $time } ({ $offset })
# 14:00-14:30
time-range = { $start }-{ $end }
# 01:45 (UTC-4) - 01:15 (UTC-5)
time-range-wide = { $start } - { $end }
# Tuesday 1 December 2026, 14:00
time-on-date = { $date }, { $time }
# Tuesday 1 December 2026, 14:00-14:30 (Amsterdam, CET, UTC+1)
time-in-zone = { $time } ({ $zone })
time-zone-part = { $first }, { $second }

# The zone line and the spoken name of a slot
time-zone-now = Times in { $zone }, now { $time }
# Amsterdam time
time-of-place = { $city } time
time-slot-name = { $start } to { $end }, { $date }, { $place }

# Berlin, Germany - 11:00 (UTC+1)
time-place = { $city }, { $country }
time-zone-option = { $place } - { $time } ({ $offset })
time-zone-option-utc = { $place } - { $time }
time-zone-change = changes to { $offset } on { $date }
