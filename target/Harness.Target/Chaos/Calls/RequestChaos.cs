using Harness.Target.Admission;
using Polly;

namespace Harness.Target.Chaos.Calls;

/// <summary>What requests go through on their way in: inside the limit on open requests, so that what is slow here fills the service up as slow work would.</summary>
internal static class RequestChaos
{
    private static readonly ResiliencePropertyKey<(HttpContext Http, RequestDelegate Next)> Request = new("chaos-request");

    public static void Use(WebApplication app, CallChaos chaos)
    {
        var builder = new ResiliencePipelineBuilder<bool>();
        chaos.AddTo(builder, () => new ChaosException());
        chaos.AddWrongResults(builder, AnswerWronglyAsync);
        var pipeline = builder.Build();
        app.Use(async (http, next) =>
        {
            if (chaos.Board.IsQuiet || RequestLimit.IsCare(http.Request.Path))
            {
                await next(http);
                return;
            }

            var context = CallChaos.ContextOf(new ChaosCall(CallSide.Incoming, "", http.Request.Path.Value ?? ""), http.RequestAborted);
            context.Properties.Set(Request, (http, next));
            try
            {
                await pipeline.ExecuteAsync(
                    static async (_, request) =>
                    {
                        await request.next(request.http);
                        return true;
                    },
                    context,
                    (http, next));
            }
            finally
            {
                ResilienceContextPool.Shared.Return(context);
            }
        });
    }

    private static async ValueTask<(bool Answer, bool IsWrong)> AnswerWronglyAsync(ResilienceContext context, WrongResults fault)
    {
        var (http, next) = context.Properties.GetValue(Request, default);
        if (fault.Result == WrongResult.Status)
        {
            // Or the middleware that gives bare statuses a body would.
            http.Features.Get<Microsoft.AspNetCore.Diagnostics.IStatusCodePagesFeature>()?.Enabled = false;
            http.Response.StatusCode = fault.Status;
            return (true, true);
        }

        var wire = http.Response.Body;
        using var right = new MemoryStream();
        http.Response.Body = right;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = wire;
        }

        var wrong = fault.Result == WrongResult.Altered ? AlteredNumbers.In(right.GetBuffer().AsMemory(0, (int)right.Length)) : right.Length > 0 ? [] : null;
        ReadOnlyMemory<byte> sent = wrong ?? right.GetBuffer().AsMemory(0, (int)right.Length);
        // Which forbids a body with some statuses.
        if (sent.Length > 0 || wrong is not null)
            http.Response.ContentLength = sent.Length;
        await wire.WriteAsync(sent, http.RequestAborted);
        return (true, wrong is not null);
    }
}
