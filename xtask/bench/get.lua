-- Asks for the same page again and again.
dofile("result.lua")
