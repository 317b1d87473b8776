/**
 * A cart is one Redis hash, so each of these scripts is one atomic step on one key (and runs on a cluster):
 * `id`, `born` (which life of that id this is), `seq` (a counter), `line:<sku>` = `<quantity>:<seq>`, `joined:<born>`
 * and `bought:<order>` as marks of what has been applied. Each answers the whole hash and begins the idle time anew.
 */

const COUNT_LINES = `
local function lines(key)
  local n = 0
  for _, field in ipairs(redis.call("HKEYS", key)) do
    if string.sub(field, 1, 5) == "line:" then n = n + 1 end
  end
  return n
end
local function put(key, sku, quantity, maxLines)
  local field = "line:" .. sku
  local known = redis.call("HGET", key, field)
  if not known and lines(key) >= tonumber(maxLines) then return false end
  local seq = known and string.match(known, ":(%d+)$") or redis.call("HINCRBY", key, "seq", 1)
  redis.call("HSET", key, field, quantity .. ":" .. seq)
  return true
end
`;

/** ARGV: ttl ms. A cart that is not there stays away. */
export const TOUCH_CART = `
redis.call("PEXPIRE", KEYS[1], ARGV[1])
return redis.call("HGETALL", KEYS[1])
`;

/** ARGV: ttl ms, id and life for a new cart, sku, quantity (0 removes), most lines. Fails with FULL. */
export const SET_LINE = `${COUNT_LINES}
if ARGV[5] == "0" then
  redis.call("HDEL", KEYS[1], "line:" .. ARGV[4])
elseif not put(KEYS[1], ARGV[4], ARGV[5], ARGV[6]) then
  return redis.error_reply("FULL")
else
  redis.call("HSETNX", KEYS[1], "id", ARGV[2])
  redis.call("HSETNX", KEYS[1], "born", ARGV[3])
end
redis.call("PEXPIRE", KEYS[1], ARGV[1])
return redis.call("HGETALL", KEYS[1])
`;

/** ARGV: ttl ms, id for a new cart, the joining cart's life, most lines, most units a line, then sku, quantity, …. */
export const JOIN_CART = `${COUNT_LINES}
if redis.call("HSETNX", KEYS[1], "joined:" .. ARGV[3], "1") == 1 then
  redis.call("HSETNX", KEYS[1], "id", ARGV[2])
  for i = 6, #ARGV, 2 do
    local known = redis.call("HGET", KEYS[1], "line:" .. ARGV[i])
    local had = known and tonumber(string.match(known, "^(%d+)")) or 0
    put(KEYS[1], ARGV[i], math.min(had + tonumber(ARGV[i + 1]), tonumber(ARGV[5])), ARGV[4])
  end
end
redis.call("PEXPIRE", KEYS[1], ARGV[1])
return redis.call("HGETALL", KEYS[1])
`;

/** ARGV: ttl ms, the bought cart's id, order id, then sku, quantity, …. Takes out what was bought, once per order. */
export const TAKE_OUT = `
if redis.call("HGET", KEYS[1], "id") == ARGV[2] and redis.call("HSETNX", KEYS[1], "bought:" .. ARGV[3], "1") == 1 then
  for i = 4, #ARGV, 2 do
    local field = "line:" .. ARGV[i]
    local known = redis.call("HGET", KEYS[1], field)
    if known then
      local quantity, seq = string.match(known, "^(%d+):(%d+)$")
      local left = tonumber(quantity) - tonumber(ARGV[i + 1])
      if left > 0 then redis.call("HSET", KEYS[1], field, left .. ":" .. seq) else redis.call("HDEL", KEYS[1], field) end
    end
  end
  redis.call("PEXPIRE", KEYS[1], ARGV[1])
end
return redis.call("HGETALL", KEYS[1])
`;

/** Removes all lines but keeps the marks. ARGV: ttl ms. */
export const CLEAR_CART = `
for _, field in ipairs(redis.call("HKEYS", KEYS[1])) do
  if string.sub(field, 1, 5) == "line:" then redis.call("HDEL", KEYS[1], field) end
end
redis.call("PEXPIRE", KEYS[1], ARGV[1])
return redis.call("HGETALL", KEYS[1])
`;
