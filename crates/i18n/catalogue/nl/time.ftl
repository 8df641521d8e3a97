# Dates, times and zones. Names and order of the parts belong to the language.

time-weekday-1 = maandag
time-weekday-2 = dinsdag
time-weekday-3 = woensdag
time-weekday-4 = donderdag
time-weekday-5 = vrijdag
time-weekday-6 = zaterdag
time-weekday-7 = zondag

time-weekday-short-1 = ma
time-weekday-short-2 = di
time-weekday-short-3 = wo
time-weekday-short-4 = do
time-weekday-short-5 = vr
time-weekday-short-6 = za
time-weekday-short-7 = zo

time-month-1 = januari
time-month-2 = februari
time-month-3 = maart
time-month-4 = april
time-month-5 = mei
time-month-6 = juni
time-month-7 = juli
time-month-8 = augustus
time-month-9 = september
time-month-10 = oktober
time-month-11 = november
time-month-12 = december

time-month-short-1 = jan
time-month-short-2 = feb
time-month-short-3 = mrt
time-month-short-4 = apr
time-month-short-5 = mei
time-month-short-6 = jun
time-month-short-7 = jul
time-month-short-8 = aug
time-month-short-9 = sep
time-month-short-10 = okt
time-month-short-11 = nov
time-month-short-12 = dec

# 1 december
time-date-day = { $day } { $month }
# dinsdag 1 december 2026, also with short names
time-date = { $weekday } { $day } { $month } { $year }
# dinsdag 1 december
time-date-no-year = { $weekday } { $day } { $month }
# december 2026
time-month-year = { $month } { $year }

time-clock-24 = { $hour }:{ $minute }
time-clock-am = { $hour }:{ $minute } a.m.
time-clock-pm = { $hour }:{ $minute } p.m.

# 01:45 (UTC-4)
time-with-offset = { $time } ({ $offset })
# 14:00-14:30
time-range = { $start }-{ $end }
# 01:45 (UTC-4) - 01:15 (UTC-5)
time-range-wide = { $start } - { $end }
# dinsdag 1 december 2026, 14:00
time-on-date = { $date }, { $time }
# dinsdag 1 december 2026, 14:00-14:30 (Amsterdam, CET, UTC+1)
time-in-zone = { $time } ({ $zone })
time-zone-part = { $first }, { $second }

# The zone line and the spoken name of a slot
time-zone-now = Tijden in { $zone }, nu { $time }
# tijd in Amsterdam
time-of-place = tijd in { $city }
time-slot-name = { $start } tot { $end }, { $date }, { $place }

# Berlijn, Duitsland - 11:00 (UTC+1)
time-place = { $city }, { $country }
time-zone-option = { $place } - { $time } ({ $offset })
time-zone-option-utc = { $place } - { $time }
time-zone-change = op { $date } naar { $offset }
