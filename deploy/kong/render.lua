-- Writes kong.yml with its {vault://env/…} references filled in, for the fields that Kong 3.9 does not dereference by
-- itself (it does so for Redis's user name and password, which stay references here and so out of the rendered text).
--   resty render.lua kong.yml
local defaults = {
  REDIS_PORT = "6379",
  REDIS_DATABASE = "0",
  REDIS_SSL = "false",
  JWT_KEY_ID_2 = "unused",
}
local by_kong = { username = true, password = true }
local typed = { port = "^%d+$", database = "^%d+$", ssl = "^[tf][ra][ul]s?e$", ssl_verify = "^[tf][ra][ul]s?e$" }

local function quoted(text)
  local escaped = text:gsub('[%c"\\]', function(character)
    return ("\\u%04x"):format(character:byte())
  end)
  return '"' .. escaped .. '"'
end

local function render(text, getenv)
  local missing = {}

  local function value_of(name)
    local variable = name:upper():gsub("%-", "_")
    local value = getenv(variable)
    if value == nil or value == "" then
      value = defaults[variable]
    end
    if value == nil and variable == "JWT_PUBLIC_KEY_2" then
      value = getenv("JWT_PUBLIC_KEY_1")
    end
    if value == nil or value == "" then
      missing[#missing + 1] = variable
      value = ""
    end
    return value
  end

  local function render_line(line)
    local start, name = line:match('^(.-)"{vault://env/([%w-]+)}"%s*$')
    if not start then
      return line
    end
    local key = start:match("([%w_]+):%s*$")
    if by_kong[key] then
      local value = getenv((name:upper():gsub("%-", "_")))
      return (value == nil or value == "") and start .. "null" or line
    end
    local value = value_of(name)
    if typed[key] then
      assert(value:match(typed[key]), name .. " is not what " .. key .. " can be: " .. value)
      return start .. value
    end
    if key then
      return start .. quoted(value)
    end
    local items = {}
    for item in value:gmatch("[^,]+") do
      items[#items + 1] = start .. quoted(item)
    end
    return table.concat(items, "\n")
  end

  local lines = {}
  for line in text:gmatch("([^\n]*)\n") do
    lines[#lines + 1] = render_line(line)
  end
  if #missing > 0 then
    error("kong.yml needs these variables: " .. table.concat(missing, ", "), 0)
  end
  return table.concat(lines, "\n") .. "\n"
end

if arg and arg[1] then
  local file = assert(io.open(arg[1]))
  local ok, result = pcall(render, file:read("*a"), os.getenv)
  file:close()
  if not ok then
    io.stderr:write(result, "\n")
    os.exit(1)
  end
  io.write(result)
end

return render
