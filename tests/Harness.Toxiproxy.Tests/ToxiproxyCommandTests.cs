using Harness.Toxiproxy.Tests.Support;

namespace Harness.Toxiproxy.Tests;

public sealed class ToxiproxyCommandTests : IDisposable
{
    private readonly LinesWriter _out = new();
    private readonly LinesWriter _error = new();

    [Theory]
    [InlineData("-version")]
    [InlineData("--version")]
    public async Task Version_is_printed(string flag)
    {
        Assert.Equal(0, await RunAsync(flag));
        Assert.Equal("toxiproxy-server version 2.12.0", _out.Text);
    }

    [Theory]
    [InlineData("-port", "99999", "invalid value \"99999\" for flag -port")]
    [InlineData("-seed", "x", "invalid value \"x\" for flag -seed")]
    [InlineData("-prot", "1", "flag provided but not defined: -prot")]
    [InlineData("-version", "more", "unexpected argument: more")]
    public async Task Flags_that_make_no_sense_are_refused_with_what_is_wrong(string flag, string value, string problem)
    {
        Assert.Equal(2, await RunAsync(flag, value));
        Assert.Contains(problem, _error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_serves_until_it_is_ended_and_logs_in_JSON()
    {
        using var ended = new CancellationTokenSource();
        Task<int> running = ToxiproxyCommand.RunAsync(["-port=0", "--host", "127.0.0.1", "-data-plane", "portable"], _out, _error, ended.Token);
        await Eventually.TrueAsync(() => Task.FromResult(running.IsCompleted || _out.Text.Contains("Starting Toxiproxy", StringComparison.Ordinal)));

        await ended.CancelAsync();

        Assert.Equal(0, await running);
        Assert.Equal("info", System.Text.Json.JsonDocument.Parse(_out.Lines.First()).RootElement.GetProperty("level").GetString());
    }

    public void Dispose()
    {
        _out.Dispose();
        _error.Dispose();
    }

    private Task<int> RunAsync(params string[] args) => ToxiproxyCommand.RunAsync(args, _out, _error, TestContext.Current.CancellationToken);
}
