-- The durable-insert floors: a body of the size of a booking.
dofile("result.lua")

wrk.method = "POST"
wrk.body = string.rep("x", 200)
