-- Slots that each replica holds, with the end of its lease. KEYS: the limit. ARGV: replica, limit,
-- in use, wanted, kept, milliseconds of the lease. Returns how many are held and how many are free.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local replica, limit, inUse = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local wanted, kept, lease = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])

local others, mine = 0, 0
local fields = redis.call('HGETALL', KEYS[1])
for i = 1, #fields, 2 do
  local held, ends = string.match(fields[i + 1], '^(%d+) (%d+)$')
  if not held or tonumber(ends) <= now then
    redis.call('HDEL', KEYS[1], fields[i])
  else
    if tonumber(ends) > now + lease then -- the clock was set back
      redis.call('HSET', KEYS[1], fields[i], held .. ' ' .. string.format('%.0f', now + lease))
    end
    if fields[i] == replica then
      mine = tonumber(held)
    else
      others = others + tonumber(held)
    end
  end
end

local held = math.max(inUse, math.min(wanted, math.max(mine, limit - kept - others)))
if held > 0 then
  local value = string.format('%.0f %.0f', held, now + lease)
  redis.call('HSET', KEYS[1], replica, value)
  redis.call('PEXPIRE', KEYS[1], lease)
else
  redis.call('HDEL', KEYS[1], replica)
end
return {held, math.max(0, limit - others - held)}
