using Harness.Target.Orders;
using Harness.Target.Storage;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using StackExchange.Redis;

namespace Harness.Target.Requests;

/// <summary>Every answer that is no success, as RFC 9457 has it: what cannot be done now is 503 and says when to come again; what a client did
/// wrong is 4xx; the rest is a defect of ours.</summary>
internal static class Problems
{
    // The client has gone and reads no answer; the number is only for our own counters.
    private const int ClientGone = 499;

    /// <summary>Has every exception, and every bare status like that of an unknown path, answered with a problem.</summary>
    public static void Use(WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = AnswerAsync, SuppressDiagnosticsCallback = _ => true });
        // In JSON whatever the client accepts: a problem in a form that it did not ask for beats none.
        app.UseStatusCodePages(context => Results.Problem(statusCode: context.HttpContext.Response.StatusCode, detail: DetailOf(context.HttpContext)).ExecuteAsync(context.HttpContext));
        // Said before anybody looks at the body, and on every path.
        app.Use((context, next) => context.Request.ContentLength > RequestFields.BytesMax ? throw RequestFields.TooLarge() : next(context));
    }

    /// <summary>Not now: nothing was done, come again.</summary>
    public static IResult NotNow(HttpContext context, string detail, int retryAfterSeconds = 1)
    {
        context.Response.Headers.RetryAfter = retryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, detail: detail);
    }

    private static Task AnswerAsync(HttpContext context)
    {
        var error = context.Features.GetRequiredFeature<IExceptionHandlerFeature>().Error;
        var status = StatusOf(error, context);
        if (status == StatusCodes.Status503ServiceUnavailable)
            return NotNow(context, error is PriceUnavailableException or StoreBusyException ? error.Message : "A part of this service does not answer now.").ExecuteAsync(context);
        if (status == StatusCodes.Status500InternalServerError)
            context.RequestServices.GetRequiredService<ILogger<WebApplication>>().LogError(error, "{Method} {Path} failed.", context.Request.Method, context.Request.Path);
        return Results.Problem(statusCode: status, detail: status == StatusCodes.Status500InternalServerError ? null : error.Message).ExecuteAsync(context);
    }

    private static int StatusOf(Exception error, HttpContext context) => error switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        _ when context.RequestAborted.IsCancellationRequested => ClientGone,
        PriceUnavailableException or RedisException => StatusCodes.Status503ServiceUnavailable,
        _ when PassingFailure.Is(error) => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static string? DetailOf(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => "There is nothing at this path.",
        StatusCodes.Status405MethodNotAllowed => $"This path takes {context.Response.Headers.Allow}.",
        _ => null,
    };
}
