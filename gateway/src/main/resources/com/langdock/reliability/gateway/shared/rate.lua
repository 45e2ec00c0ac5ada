-- Bucket of core.quota, in microseconds of Redis' own clock. KEYS: the limit. ARGV: nanoseconds of
-- filling for one, burst, change (what is charged; negative for what is given back), least, wanted,
-- kept. Returns what is granted and the microseconds until the bucket is full.
-- The value is: moment at which it is full, nanoseconds for one, moment of the last change.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local unit, burst, change = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local least, wanted, kept = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])

local used = 0
local value = redis.call('GET', KEYS[1])
if value then
  local fullAt, unitBefore, last = string.match(value, '^(%d+) (%d+) (%d+)$')
  if fullAt then
    -- A clock that was set back neither fills the bucket nor keeps it empty.
    used = math.max(0, tonumber(fullAt) - math.max(now, tonumber(last)))
    if tonumber(unitBefore) ~= unit then
      used = math.ceil(used * unit / tonumber(unitBefore))
    end
  end
end

if change > 0 then
  used = used + math.ceil(change * unit / 1000)
elseif change < 0 then
  used = math.max(0, used - math.floor(-change * unit / 1000))
end
local left = math.max(0, burst - kept - math.ceil(used * 1000 / unit))
local granted = 0
if left >= least then
  granted = math.min(left, wanted)
end
used = used + math.ceil(granted * unit / 1000)

if used > 0 then
  local value = string.format('%.0f %.0f %.0f', now + used, unit, now)
  redis.call('SET', KEYS[1], value, 'PX', string.format('%.0f', math.ceil(used / 1000) + 1))
else
  redis.call('DEL', KEYS[1])
end
return {granted, used}
