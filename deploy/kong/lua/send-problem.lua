-- The body that describe-problem.lua has announced.
if kong.ctx.shared.problem then
  kong.response.set_raw_body(kong.ctx.shared.problem)
end
