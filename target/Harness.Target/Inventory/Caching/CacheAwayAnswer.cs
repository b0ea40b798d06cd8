namespace Harness.Target.Inventory.Caching;

/// <summary>503 with Retry-After when surely nothing was changed, 504 when nobody knows: a client must be able to tell them apart.</summary>
internal sealed class CacheAwayAnswer(CacheAwayException away) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (!away.Happened)
            httpContext.Response.Headers.RetryAfter = "1";
        return Results.Problem(statusCode: away.Happened ? StatusCodes.Status504GatewayTimeout : StatusCodes.Status503ServiceUnavailable, detail: away.Message)
            .ExecuteAsync(httpContext);
    }
}
