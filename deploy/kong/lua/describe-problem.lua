-- Whatever Kong itself refuses is told as an RFC 9457 problem, like the services' own refusals. What a service answered
-- is left as it is.
local status = kong.response.get_status()
if status < 400 or kong.response.get_source() == "service" then
  return
end

local shared = kong.ctx.shared
local problems = {
  [400] = { "request.malformed", "The request is malformed" },
  [401] = shared.has_token and { "token.invalid", "The token is not valid" } or { "token.missing", "Sign in first" },
  [404] = { "route.not_found", "There is nothing at this address" },
  [413] = { "request.too_large", "The request body is too large" },
  [417] = { "request.too_large", "The request body is too large" },
  [429] = { "rate.limited", "Too many requests; wait a little" },
  [502] = { "upstream.unavailable", "This part of the shop cannot be reached just now" },
  [503] = { "upstream.unavailable", "This part of the shop cannot be reached just now" },
  [504] = { "upstream.timeout", "This part of the shop took too long to answer" },
}
local fallback = status < 500 and problems[400] or { "internal", "Something went wrong on our side" }
local problem = problems[status] or fallback

local body = string.format(
  '{"type":"urn:tradepost:problem:%s","title":"%s","status":%d,"code":"%s","requestId":"%s"}',
  problem[1], problem[2], status, problem[1], kong.response.get_header("x-request-id") or ""
)
shared.problem = body
kong.response.set_header("content-type", "application/problem+json")
kong.response.set_header("content-length", #body)
kong.response.set_header("cache-control", "no-store")

-- A browser cannot remove an HttpOnly cookie, and one that no longer works would refuse it everywhere.
if status == 401 and shared.session_cookie and not shared.bearer then
  local secure = shared.session_cookie == "__Host-session" and "; Secure" or ""
  local gone = "=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"
  kong.response.add_header("set-cookie", shared.session_cookie .. gone .. secure)
end
