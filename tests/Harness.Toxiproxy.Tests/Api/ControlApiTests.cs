using Harness.Toxiproxy.Tests.Support;

namespace Harness.Toxiproxy.Tests.Api;

/// <summary>Every row of the tables of the API: routes, status codes, exact texts.</summary>
public sealed class ControlApiTests : IAsyncLifetime
{
    private const string Web = """{"name":"web","listen":"127.0.0.1:0","upstream":"127.0.0.1:1"}""";

    private TestServer? _server;
    private Support.Api? _api;

    private Support.Api Api => _api!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync("portable");
        _api = new Support.Api(_server.Url);
    }

    public async ValueTask DisposeAsync()
    {
        _api?.Dispose();
        await _server!.DisposeAsync();
    }

    [Fact]
    public async Task Version_is_told_with_its_space_and_its_newline()
    {
        Support.Api.Answer answer = await Api.GetAsync("/version");

        Assert.Equal("{\"version\": \"2.12.0\"}\n", answer.Body);
        Assert.Equal("application/json;charset=utf-8", answer.ContentType?.Replace(" ", ""));
        Assert.True(answer.HasRequestId);
    }

    [Theory]
    [InlineData("GET", "/", 404)]
    [InlineData("GET", "/nothing", 404)]
    [InlineData("GET", "/proxies/", 404)]
    [InlineData("GET", "/metrics", 404)]
    [InlineData("PUT", "/proxies", 405)]
    [InlineData("OPTIONS", "/proxies/web", 405)]
    [InlineData("DELETE", "/version", 405)]
    public async Task Other_routes_and_methods_are_not_there(string method, string path, int status)
    {
        Support.Api.Answer answer = await Api.SendAsync(method, path, null);

        Assert.Equal((status, status == 404 ? "404 page not found\n" : "", false), (answer.Status, answer.Body, answer.HasRequestId));
    }

    [Theory]
    [InlineData("POST", "/proxies", "", 400, "bad request body: EOF")]
    [InlineData("POST", "/proxies", "{", 400, "bad request body: unexpected EOF")]
    [InlineData("POST", "/proxies", "nope", 400, "bad request body: invalid character 'o' in literal null (expecting 'u')")]
    [InlineData("POST", "/proxies", "{]", 400, "bad request body: invalid character ']' looking for beginning of object key string")]
    [InlineData("POST", "/proxies", "[]", 400, "bad request body: json: cannot unmarshal array into Go value of type toxiproxy.Proxy")]
    [InlineData("POST", "/proxies", """{"name":5}""", 400, "bad request body: json: cannot unmarshal number into Go struct field Proxy.name of type string")]
    [InlineData("POST", "/proxies", "{}", 400, "missing required field: name")]
    [InlineData("POST", "/proxies", """{"name":"x"}""", 400, "missing required field: upstream")]
    [InlineData("POST", "/proxies", """{"name":"web","upstream":"x:1"}""", 409, "proxy already exists")]
    [InlineData("POST", "/proxies", """{"name":"x","upstream":"x:1","listen":"nowhere"}""", 500, "listen tcp: address nowhere: missing port in address")]
    [InlineData("POST", "/proxies", """{"name":"x","upstream":"x:1","listen":"127.0.0.1:99999"}""", 500, "listen tcp: address 99999: invalid port")]
    [InlineData("POST", "/proxies/web", """{"listen":"nowhere"}""", 500, "address nowhere: missing port in address")]
    [InlineData("GET", "/proxies/none", null, 404, "proxy not found")]
    [InlineData("POST", "/proxies/none", "{", 404, "proxy not found")]
    [InlineData("DELETE", "/proxies/none", null, 404, "proxy not found")]
    [InlineData("POST", "/proxies/none/toxics", "{", 404, "proxy not found")]
    [InlineData("GET", "/proxies/web/toxics/none", null, 404, "toxic not found")]
    [InlineData("PATCH", "/proxies/web/toxics/none", "{", 404, "toxic not found")]
    [InlineData("DELETE", "/proxies/web/toxics/none", null, 404, "toxic not found")]
    [InlineData("POST", "/proxies/web/toxics", """{"type":"nope","stream":"sideways"}""", 400, "stream was invalid, can be either upstream or downstream")]
    [InlineData("POST", "/proxies/web/toxics", """{"type":"latency","stream":""}""", 400, "stream was invalid, can be either upstream or downstream")]
    [InlineData("POST", "/proxies/web/toxics", """{"type":"nope"}""", 400, "invalid toxic type")]
    [InlineData("POST", "/proxies/web/toxics", "{}", 400, "invalid toxic type")]
    [InlineData("POST", "/proxies/web/toxics", """{"type":"noop"}""", 409, "toxic already exists")]
    [InlineData("POST", "/proxies/web/toxics", """{"type":"latency","attributes":{"latency":5.5}}""", 400,
        "bad request body: json: cannot unmarshal number 5.5 into Go struct field LatencyToxic.attributes.latency of type int64")]
    [InlineData("POST", "/proxies/web/toxics", """{"type":"latency","toxicity":"all"}""", 400,
        "bad request body: json: cannot unmarshal string into Go struct field ToxicWrapper.toxicity of type float32")]
    public async Task Refusals_have_their_status_and_their_text(string method, string path, string? body, int status, string error)
    {
        await Api.PostAsync("/proxies", Web);
        await Api.PostAsync("/proxies/web/toxics", """{"type":"noop"}""");

        Support.Api.Answer answer = await Api.SendAsync(method, path, body);

        Assert.Equal(status, answer.Status);
        Assert.Equal($$"""{"error":{{System.Text.Json.JsonSerializer.Serialize(error, Relaxed)}},"status":{{status}}}""" + "\n", answer.Body);
    }

    [Fact]
    public async Task An_address_in_use_is_told_in_the_systems_words()
    {
        await Api.PostAsync("/proxies", """{"name":"a","listen":"127.0.0.1:0","upstream":"x:1"}""");
        Proxy first = (await _server!.Client.GetProxiesAsync(TestContext.Current.CancellationToken))["a"];

        Support.Api.Answer answer = await Api.PostAsync("/proxies", $$"""{"name":"b","listen":"{{first.Listen}}","upstream":"x:1"}""");

        Assert.Equal(500, answer.Status);
        Assert.Equal($$"""{"error":"listen tcp {{first.Listen}}: bind: address already in use","status":500}""" + "\n", answer.Body);
        Assert.Equal(404, (await Api.GetAsync("/proxies/b")).Status);
    }

    [Theory]
    [InlineData("Mozilla/5.0 (X11)", 403)]
    [InlineData("mozilla/5.0", 200)]
    [InlineData("toxiproxy-cli/2.12 (linux/amd64)", 200)]
    public async Task Browsers_are_turned_away(string agent, int status)
    {
        Support.Api.Answer answer = await Api.SendAsync("GET", "/proxies", null, ("User-Agent", agent));

        Assert.Equal((status, status == 403 ? "User agent not allowed\n" : "{}"), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Names_in_any_case_nulls_and_what_follows_are_read_as_by_the_original()
    {
        await Api.PostAsync("/proxies", """{"Name":"web","LISTEN":"127.0.0.1:0","Upstream":"x:1","Enabled":null,"toxics":null,"other":[{}]} trailing""");
        Support.Api.Answer toxic = await Api.PostAsync(
            "/proxies/web/toxics", """{"Type":"latency","Stream":"UPSTREAM","Toxicity":80.0,"Attributes":{"Latency":7,"latency":9,"Jitter":null,"more":1}}""");

        Assert.Equal(
            """{"attributes":{"latency":9,"jitter":0},"name":"latency_UPSTREAM","type":"latency","stream":"UPSTREAM","toxicity":80}""", toxic.Body);
        Assert.Equal((200, "application/json"), (toxic.Status, toxic.ContentType));
    }

    [Fact]
    public async Task An_update_of_a_toxic_merges_attributes_and_ignores_its_name_and_stream()
    {
        await Api.PostAsync("/proxies", Web);
        await Api.PostAsync("/proxies/web/toxics", """{"name":"t","type":"latency","attributes":{"latency":100,"jitter":5}}""");

        Support.Api.Answer answer = await Api.SendAsync(
            "PATCH", "/proxies/web/toxics/t", """{"name":"u","type":"noop","stream":"upstream","toxicity":0.123456789,"attributes":{"jitter":6}}""");

        Assert.Equal(
            """{"attributes":{"latency":100,"jitter":6},"name":"t","type":"latency","stream":"downstream","toxicity":0.12345679}""", answer.Body);
    }

    [Fact]
    public async Task Toxics_are_listed_upstream_first()
    {
        await Api.PostAsync("/proxies", Web);
        await Api.PostAsync("/proxies/web/toxics", """{"name":"d","type":"noop"}""");
        await Api.PostAsync("/proxies/web/toxics", """{"name":"u","type":"noop","stream":"upstream"}""");

        string body = (await Api.GetAsync("/proxies/web/toxics")).Body;

        Assert.True(body.IndexOf("\"u\"", StringComparison.Ordinal) < body.IndexOf("\"d\"", StringComparison.Ordinal), body);
    }

    [Theory]
    [InlineData("latency", """{"latency":0,"jitter":0}""")]
    [InlineData("bandwidth", """{"rate":0}""")]
    [InlineData("slow_close", """{"delay":0}""")]
    [InlineData("timeout", """{"timeout":0}""")]
    [InlineData("reset_peer", """{"timeout":0}""")]
    [InlineData("slicer", """{"average_size":0,"size_variation":0,"delay":0}""")]
    [InlineData("limit_data", """{"bytes":0}""")]
    [InlineData("noop", "{}")]
    public async Task Every_toxic_has_its_attributes_and_zero_for_those_not_given(string type, string attributes)
    {
        await Api.PostAsync("/proxies", Web);

        Support.Api.Answer answer = await Api.PostAsync("/proxies/web/toxics", $$"""{"type":"{{type}}"}""");

        Assert.Equal($$"""{"attributes":{{attributes}},"name":"{{type}}_downstream","type":"{{type}}","stream":"downstream","toxicity":1}""", answer.Body);
    }

    [Fact]
    public async Task A_proxy_made_disabled_keeps_its_listen_text_even_garbage()
    {
        Support.Api.Answer answer = await Api.PostAsync("/proxies", """{"name":"x","listen":"garbage","upstream":"y","enabled":false}""");

        Assert.Equal((201, """{"name":"x","listen":"garbage","upstream":"y","enabled":false,"toxics":[]}"""), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Naming_the_same_address_by_its_host_name_does_not_move_the_proxy()
    {
        await Api.PostAsync("/proxies", Web);
        Proxy before = (await _server!.Client.GetProxiesAsync(TestContext.Current.CancellationToken))["web"];
        string port = before.Listen.Split(':')[1];

        await Api.PostAsync("/proxies/web", $$"""{"listen":"localhost:{{port}}"}""");
        Assert.Equal(before.Listen, (await _server.Client.GetProxyAsync("web", TestContext.Current.CancellationToken)).Listen);

        await Api.PostAsync("/proxies/web", """{"listen":"localhost:0"}""");
        Assert.NotEqual(before.Listen, (await _server.Client.GetProxyAsync("web", TestContext.Current.CancellationToken)).Listen);
    }

    [Fact]
    public async Task Populate_checks_everything_before_it_makes_anything()
    {
        Support.Api.Answer answer = await Api.PostAsync("/populate", """[{"name":"a","upstream":"x:1","listen":"127.0.0.1:0"},{"name":"b"}]""");

        Assert.Equal((400, """{"error":"missing required field: upstream at proxy 2","status":400,"proxies":null}"""), (answer.Status, answer.Body));
        Assert.Equal("{}", (await Api.GetAsync("/proxies")).Body);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task Populating_nothing_makes_null(string body)
    {
        Support.Api.Answer answer = await Api.PostAsync("/populate", body);

        Assert.Equal((201, """{"proxies":null}"""), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Populate_keeps_what_does_not_differ_and_replaces_what_does_without_its_toxics()
    {
        await Api.PostAsync("/proxies", Web);
        await Api.PostAsync("/proxies/web/toxics", """{"type":"noop"}""");
        Proxy web = await _server!.Client.GetProxyAsync("web", TestContext.Current.CancellationToken);

        await Api.PostAsync("/populate", $$"""[{"name":"web","listen":"{{web.Listen}}","upstream":"{{web.Upstream}}","enabled":false}]""");
        Proxy same = await _server.Client.GetProxyAsync("web", TestContext.Current.CancellationToken);
        Assert.Equal((true, 1), (same.Enabled, same.Toxics.Count));

        await Api.PostAsync("/populate", $$"""[{"name":"web","listen":"{{web.Listen}}","upstream":"127.0.0.1:2"}]""");
        Proxy replaced = await _server.Client.GetProxyAsync("web", TestContext.Current.CancellationToken);
        Assert.Equal((true, 0, "127.0.0.1:2"), (replaced.Enabled, replaced.Toxics.Count, replaced.Upstream));
    }

    [Fact]
    public async Task Populate_stops_at_the_first_that_cannot_listen_and_tells_those_done()
    {
        Support.Api.Answer answer = await Api.PostAsync(
            "/populate", """[{"name":"a","listen":"127.0.0.1:0","upstream":"x:1"},{"name":"b","listen":"bad","upstream":"x:1"},{"name":"c","listen":"127.0.0.1:0","upstream":"x:1"}]""");

        Assert.Equal(500, answer.Status);
        Assert.StartsWith("""{"error":"listen tcp: address bad: missing port in address","status":500,"proxies":[{"name":"a",""", answer.Body, StringComparison.Ordinal);
        Assert.Single(await _server!.Client.GetProxiesAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Reset_enables_every_proxy_and_removes_every_toxic()
    {
        await Api.PostAsync("/proxies", Web);
        await Api.PostAsync("/proxies/web/toxics", """{"type":"noop"}""");
        await Api.PostAsync("/proxies/web", """{"enabled":false}""");

        Assert.Equal((204, ""), await StatusAndBodyAsync(Api.PostAsync("/reset", "ignored")));

        Proxy web = await _server!.Client.GetProxyAsync("web", TestContext.Current.CancellationToken);
        Assert.Equal((true, 0), (web.Enabled, web.Toxics.Count));
    }

    [Fact]
    public async Task Names_may_hold_spaces_and_are_addressed_percent_encoded()
    {
        await Api.PostAsync("/proxies", """{"name":"my web","listen":"127.0.0.1:0","upstream":"x:1"}""");

        Assert.Equal(200, (await Api.GetAsync("/proxies/my%20web")).Status);
        Assert.Equal(204, (await Api.SendAsync("DELETE", "/proxies/my%20web", null)).Status);
        Assert.Equal(404, (await Api.SendAsync("DELETE", "/proxies/my%20web", null)).Status);
    }

    private static readonly System.Text.Json.JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static async Task<(int, string)> StatusAndBodyAsync(Task<Support.Api.Answer> answering)
    {
        Support.Api.Answer answer = await answering;
        return (answer.Status, answer.Body);
    }
}
