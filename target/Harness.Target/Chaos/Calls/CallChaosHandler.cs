using System.Net;
using Polly;

namespace Harness.Target.Chaos.Calls;

/// <summary>What calls to another service go through last, whether or not a resilience pipeline stands around them.</summary>
internal sealed class CallChaosHandler : DelegatingHandler
{
    private static readonly ResiliencePropertyKey<HttpRequestMessage> Request = new("chaos-message");
    private readonly CallChaos _chaos;
    private readonly string _callee;
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    /// <param name="callee">The word for whom it calls.</param>
    public CallChaosHandler(CallChaos chaos, string callee, HttpMessageHandler wire)
        : base(wire)
    {
        (_chaos, _callee) = (chaos, callee);
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage>();
        chaos.AddTo(builder, () => new HttpRequestException($"A fault was put in before {callee} on purpose."));
        chaos.AddWrongResults(builder, AnswerWronglyAsync);
        _pipeline = builder.Build();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri?.AbsolutePath ?? "";
        if (_chaos.Board.IsQuiet || Admission.RequestLimit.IsCare(path))
            return await base.SendAsync(request, cancellationToken);
        var context = CallChaos.ContextOf(new ChaosCall(CallSide.Outgoing, _callee, path), cancellationToken);
        context.Properties.Set(Request, request);
        try
        {
            return await _pipeline.ExecuteAsync(
                static async (context, all) => await all.handler.PassAsync(all.request, context.CancellationToken), context, (handler: this, request));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private Task<HttpResponseMessage> PassAsync(HttpRequestMessage request, CancellationToken cancellationToken) => base.SendAsync(request, cancellationToken);

    private async ValueTask<(HttpResponseMessage Answer, bool IsWrong)> AnswerWronglyAsync(ResilienceContext context, WrongResults fault)
    {
        var request = context.Properties.GetValue(Request, null!);
        if (fault.Result == WrongResult.Status)
            return (new HttpResponseMessage((HttpStatusCode)fault.Status) { RequestMessage = request, Content = new ByteArrayContent([]) }, true);
        var answer = await PassAsync(request, context.CancellationToken);
        var right = await answer.Content.ReadAsByteArrayAsync(context.CancellationToken);
        var wrong = fault.Result == WrongResult.Altered ? AlteredNumbers.In(right) : right.Length > 0 ? [] : null;
        if (wrong is null)
            return (answer, false);
        var content = new ByteArrayContent(wrong);
        content.Headers.ContentType = answer.Content.Headers.ContentType;
        answer.Content.Dispose();
        answer.Content = content;
        return (answer, true);
    }
}
