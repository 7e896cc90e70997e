-- Views for wrk: people who see five pages each, from the tokens in the file that the first argument names.
local tokens, n, people = {}, 0, 0

function init(args)
  for line in io.lines(args[1]) do tokens[#tokens + 1] = line end
  people = tonumber(args[2])
end

function request()
  local who = people + math.floor(n / 5)
  local address = string.format("10.%d.%d.%d", math.floor(who / 65536) % 256, math.floor(who / 256) % 256, who % 256)
  local token = tokens[(who * 7 + n) % #tokens + 1]
  n = n + 1
  return wrk.format("POST", "/live/views/", { ["X-Forwarded-For"] = address, ["User-Agent"] = "Firefox/140.0" }, token)
end
