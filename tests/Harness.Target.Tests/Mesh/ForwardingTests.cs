using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Harness.Chaos.Environments;
using Harness.Chaos.Environments.Mesh;
using Harness.Target.Mesh;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Harness.Target.Tests.Mesh;

/// <summary>What becomes of a request, and of its answer, on the way through two sidecars.</summary>
public sealed class ForwardingTests : IAsyncLifetime
{
    private static readonly Edge Call = new("orders", "inventory");
    private readonly string _folder = Directory.CreateTempSubdirectory("target-test-").FullName;
    private readonly SidecarPlan _plan = new([Call]);
    private readonly MeshAuthority _authority;
    private readonly List<WebApplication> _apps = [];
    private readonly HttpClient _http;

    public ForwardingTests()
    {
        _authority = new MeshAuthority(_folder, TimeProvider.System);
        _http = new HttpClient { BaseAddress = _plan.OutboundUrl(Call) };
    }

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var port = FreePort.Next();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        var service = builder.Build();
        service.Run(TellWhatCameAsync);
        _apps.AddRange([service, Sidecar("orders", 1), Sidecar("inventory", port)]);
        await Task.WhenAll(_apps.Select(app => app.StartAsync(Ended)));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        foreach (var app in _apps)
            await app.DisposeAsync();
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Everything_arrives_as_it_was_sent()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/products/a%2Fb%20c?x=1&y=%26") { Content = new StringContent("{\"a\":1}") };
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        request.Headers.Add("tracestate", "a=b");
        request.Headers.Add("Idempotency-Key", "key-1");
        using var answer = await _http.SendAsync(request, Ended);

        Assert.Equal(
            "PUT /products/a%2Fb%20c?x=1&y=%26 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01 a=b key-1 text/plain; charset=utf-8 {\"a\":1}",
            await answer.Content.ReadAsStringAsync(Ended));
        Assert.Equal((HttpStatusCode.Accepted, "/orders/1"), (answer.StatusCode, answer.Headers.Location!.ToString()));
    }

    [Fact]
    public async Task A_body_that_is_too_large_to_be_kept_is_not_handed_on()
    {
        using var answer = await _http.PostAsync("/x", new ByteArrayContent(new byte[2 * 1024 * 1024]), Ended);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Many_at_once_find_their_own_answers()
    {
        var own = new ConcurrentBag<bool>();
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Ended }, async (sent, token) =>
        {
            using var answer = await _http.GetAsync($"/{sent}", token);
            // On a busy machine a try may take too long, which the policy then says; it must never be somebody else's answer.
            if (answer.IsSuccessStatusCode)
                own.Add((await answer.Content.ReadAsStringAsync(token)).StartsWith($"GET /{sent} ", StringComparison.Ordinal));
        });

        Assert.DoesNotContain(false, own);
        Assert.InRange(own.Count, 20, 200);
    }

    private WebApplication Sidecar(string service, int servicePort)
    {
        var request = new EnvironmentRequest { TargetCommand = [], StoreCommand = [], Seed = 1, Exited = _ => { }, LogFile = name => name };
        var proxies = new Dictionary<Edge, Uri> { [Call] = new Uri($"http://127.0.0.1:{_plan.InboundPort("inventory")}") };
        var words = _plan.Command(service, _authority, proxies, servicePort, request).Where(word => word != "--stop-with-stdin").Skip(1);
        return SidecarHost.Build(new SidecarCommandLine().Read([.. words], TextWriter.Null, TextWriter.Null, out _)!, TimeProvider.System);
    }

    private static async Task TellWhatCameAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        var (request, headers) = (context.Request, context.Request.Headers);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.Headers.Location = "/orders/1";
        await context.Response.WriteAsync(
            $"{request.Method} {target} {headers.TraceParent} {headers.TraceState} {headers["Idempotency-Key"]} {request.ContentType} {await body.ReadToEndAsync()}");
    }
}
