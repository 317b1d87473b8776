-- Runs before every other plugin: it decides by what key a signed-in caller is counted, and what of a client's headers
-- is believed. The token is read exactly as the jwt plugin reads it; rate-limiting uses the key only for the consumer
-- "shopper", that is after jwt has verified this very token.
local request = kong.service.request
local shared = kong.ctx.shared

request.clear_header("x-rate-limit-key")

local id = kong.request.get_header("x-request-id")
if id and not ngx.re.find(id, [[^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$]], "jo") then
  request.clear_header("x-request-id")
end

local seen, count, token = {}, 0, nil
local function add(candidate)
  if candidate and candidate ~= "" and not seen[candidate] then
    seen[candidate], count, token = true, count + 1, candidate
  end
end

for _, name in ipairs({ "__Host-session", "session" }) do
  local cookie = ngx.var["cookie_" .. name]
  if cookie and cookie ~= "" then
    shared.session_cookie = shared.session_cookie or name
    add(cookie)
  end
end
local authorization = kong.request.get_header("authorization")
if authorization then
  local found = ngx.re.match(authorization, [[\s*[Bb]earer\s+(.+)]], "jo")
  add(found and found[1])
  shared.bearer = true
end

shared.has_token = count > 0
if count ~= 1 then
  return
end
local payload = token:match("^[^.]+%.([^.]+)%.[^.]+$")
if not payload then
  return
end
payload = payload:gsub("%-", "+"):gsub("_", "/")
local claims = ngx.decode_base64(payload .. ("="):rep(-#payload % 4))
local subject = claims and claims:match('"sub"%s*:%s*"([%w-]+)"')
if subject then
  request.set_header("x-rate-limit-key", subject)
end
