/**
 * A cart is one Redis hash, so each of these scripts is one atomic step on one key (and runs on a cluster):
 * `id`, `born` (which life of that id this is), `seq` (counts changes), `line:<sku>` = `<quantity>:<seq>` and
 * `bought:<order>`, the orders that were taken out. Each answers the whole hash and begins the idle time anew.
 *
 * A guest's cart that has joined a shopper's gets `joined-to`, the shopper, and `carried`, the `seq` up to which the
 * shopper's cart has followed. The shopper's gets `joined:<born>`, the same `seq`, and `from:<born>:<sku>`, the
 * quantities it was given: what changes in the guest's cart after that is carried over as a difference, once.
 */

/** For so long what is bought of a joined cart is found in the shopper's. */
export const JOINED_MS = 86_400_000;
/** For so long a joined cart takes writes, which are requests that were under way when it joined. */
const OPEN_MS = 60_000;

const FUNCTIONS = `
local key = KEYS[1]
local joinedTo = redis.call("HGET", key, "joined-to")
local function closed()
  return joinedTo and redis.call("PTTL", key) < ${JOINED_MS - OPEN_MS}
end
local function touch()
  if not joinedTo then redis.call("PEXPIRE", key, ARGV[1]) end
  return redis.call("HGETALL", key)
end
local function fields(prefix)
  local found = {}
  for _, field in ipairs(redis.call("HKEYS", key)) do
    if string.sub(field, 1, #prefix) == prefix then table.insert(found, field) end
  end
  return found
end
local function quantityOf(sku)
  local known = redis.call("HGET", key, "line:" .. sku)
  return known and tonumber(string.match(known, "^(%d+)")) or 0
end
local function put(sku, quantity, maxLines)
  local field = "line:" .. sku
  local seq = redis.call("HINCRBY", key, "seq", 1)
  if quantity <= 0 then return redis.call("HDEL", key, field) end
  local known = redis.call("HGET", key, field)
  if not known and maxLines and #fields("line:") >= maxLines then return false end
  redis.call("HSET", key, field, quantity .. ":" .. (known and string.match(known, ":(%d+)$") or seq))
  return true
end
`;

/** ARGV: ttl ms. A cart that is not there stays away. */
export const TOUCH_CART = `${FUNCTIONS}
return touch()
`;

/** ARGV: ttl ms, id and life for a new cart, sku, quantity (0 removes), most lines. Fails with FULL or JOINED. */
export const SET_LINE = `${FUNCTIONS}
if closed() then return redis.error_reply("JOINED the cart is a shopper's") end
local quantity = tonumber(ARGV[5])
if quantity > 0 then
  redis.call("HSETNX", key, "id", ARGV[2])
  redis.call("HSETNX", key, "born", ARGV[3])
end
if redis.call("EXISTS", key) == 1 and not put(ARGV[4], quantity, tonumber(ARGV[6])) then
  return redis.error_reply("FULL the cart takes no more lines")
end
return touch()
`;

/** Removes all lines but keeps the marks. ARGV: ttl ms. */
export const CLEAR_CART = `${FUNCTIONS}
if not closed() then
  for _, field in ipairs(fields("line:")) do put(string.sub(field, 6), 0) end
end
return touch()
`;

/** ARGV: ttl ms, the bought cart's id, order id, then sku, quantity, …. Takes out what was bought, once per order. */
export const TAKE_OUT = `${FUNCTIONS}
if redis.call("HGET", key, "id") == ARGV[2] and redis.call("HSETNX", key, "bought:" .. ARGV[3], "1") == 1 then
  for i = 4, #ARGV, 2 do put(ARGV[i], quantityOf(ARGV[i]) - tonumber(ARGV[i + 1])) end
end
return touch()
`;

/** On the guest's cart, ARGV: ttl ms, the shopper, ttl ms once joined. It is one shopper's for good: the first one's. */
export const OPEN_TO_SHOPPER = `${FUNCTIONS}
if not joinedTo and redis.call("EXISTS", key) == 1 then
  redis.call("HSET", key, "joined-to", ARGV[2])
  redis.call("PEXPIRE", key, ARGV[3])
end
return redis.call("HGETALL", key)
`;

/** On the guest's cart, ARGV: ttl ms, the seq that the shopper's cart has followed. */
export const NOTE_CARRIED = `${FUNCTIONS}
local carried = redis.call("HGET", key, "carried")
if joinedTo and (not carried or tonumber(carried) < tonumber(ARGV[2])) then
  redis.call("HSET", key, "carried", ARGV[2])
end
return redis.call("HGETALL", key)
`;

/**
 * On the shopper's cart, ARGV: ttl ms, id for a new cart, the guest's cart's life, its seq, 1 for its first time here,
 * most lines, most units a line, then sku, quantity, …. A shopper's cart that came later follows nothing.
 */
export const FOLLOW_GUEST = `${FUNCTIONS}
local mark = "joined:" .. ARGV[3]
local from = "from:" .. ARGV[3] .. ":"
local followed = redis.call("HGET", key, mark)
local function follow(sku, quantity)
  local difference = quantity - tonumber(redis.call("HGET", key, from .. sku) or 0)
  if difference == 0 then return end
  put(sku, math.min(quantityOf(sku) + difference, tonumber(ARGV[7])), tonumber(ARGV[6]))
  redis.call("HSET", key, from .. sku, quantity)
end
if (followed or ARGV[5] == "1") and (not followed or tonumber(followed) < tonumber(ARGV[4])) then
  redis.call("HSETNX", key, "id", ARGV[2])
  redis.call("HSET", key, mark, ARGV[4])
  local present = {}
  for i = 8, #ARGV, 2 do
    present[ARGV[i]] = true
    follow(ARGV[i], tonumber(ARGV[i + 1]))
  end
  for _, field in ipairs(fields(from)) do
    local sku = string.sub(field, #from + 1)
    if not present[sku] then follow(sku, 0) end
  end
end
return touch()
`;
