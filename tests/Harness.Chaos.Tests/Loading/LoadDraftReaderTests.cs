using Harness.Chaos.Experiments;
using Harness.Chaos.Loading;

namespace Harness.Chaos.Tests.Loading;

public sealed class LoadDraftReaderTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Reads_yaml()
    {
        LoadDraft draft = Read(
            """
            name: evening
            mix: { checkout: 1, browse: 5 }
            rate: 600/m
            for: 1m30s
            warm-up: 2s
            seed: -3
            thresholds:
              - "errors < 1%"
              - { check: "p99 < 80ms", scenario: checkout, step: place, abort-after: 3, start-after: 5s }
            """);

        Assert.Equal(("evening", 10.0, TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(2), -3), (draft.Name, draft.RatePerSecond, draft.For, draft.WarmUp, draft.Seed));
        Assert.Equal([new MixPart("checkout", 1), new MixPart("browse", 5)], draft.Mix!);
        Assert.Equal(
            [new DraftThreshold("errors < 1%"), new DraftThreshold("p99 < 80ms", "checkout", "place", 3, TimeSpan.FromSeconds(5))], draft.Thresholds!);
    }

    [Fact]
    public void Reads_the_same_as_json()
    {
        LoadDraft draft = Read(
            """
            { "url": "http://127.0.0.1:8080/", "users": 20, "think": "100ms", "method": "PUT",
              "headers": { "Accept": "text/plain" }, "settings": { "deep:key": "value" }, "allow-remote": true,
              "target": { "orders": "http://127.0.0.1:1", "inventory": "http://127.0.0.1:2" } }
            """);

        Assert.Equal(("http://127.0.0.1:8080/", 20, TimeSpan.FromMilliseconds(100), "PUT", true), (draft.Url, draft.Users, draft.Think, draft.Method, draft.AllowRemote));
        Assert.Equal("Accept: text/plain", Assert.Single(draft.Headers!));
        Assert.Equal("value", draft.Settings!["deep:key"]);
        Assert.Equal(("http://127.0.0.1:1", null, "http://127.0.0.1:2"), (draft.Orders, draft.Payments, draft.Inventory));
    }

    [Fact]
    public void Says_everything_that_is_wrong_with_its_line()
    {
        File.WriteAllText(_file, "rate: fast\nfro: 3s\nshape: rmap\nmix: { browse: none }\nthresholds:\n  - { chek: x }\n");
        (_, IReadOnlyList<Problem> problems) = LoadDraftReader.ReadFile(_file);

        Assert.Equal(
            [
                "1 rate: 'fast' is not a rate such as 40/s, 0.5/s or 600/m",
                "2 fro: unknown key; did you mean 'for'?",
                "3 shape: 'rmap' is not known; did you mean 'ramp'?",
                "4 mix.browse: 'none' is not a weight: a whole number, 1 or more",
                "6 thresholds[0].check: is missing",
                "6 thresholds[0].chek: unknown key; did you mean 'check'?",
            ],
            problems.Select(problem => $"{problem.Line} {problem.Message}"));
    }

    [Theory]
    [InlineData("[1, 2]", "needs keys and values")]
    [InlineData("{ rate: ", "is neither YAML nor JSON")]
    public void Says_that_a_file_is_none(string text, string message)
    {
        File.WriteAllText(_file, text);
        Assert.Contains(message, Assert.Single(LoadDraftReader.ReadFile(_file).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lets_the_command_line_win()
    {
        var written = new LoadDraft { RatePerSecond = 10, For = TimeSpan.FromSeconds(30), Seed = 1 };
        LoadDraft draft = new LoadDraft { Users = 5, Seed = 2 }.Over(written);
        Assert.Equal((null, 5, TimeSpan.FromSeconds(30), 2), (draft.RatePerSecond, draft.Users, draft.For, draft.Seed));
    }

    private LoadDraft Read(string text)
    {
        File.WriteAllText(_file, text);
        (LoadDraft draft, IReadOnlyList<Problem> problems) = LoadDraftReader.ReadFile(_file);
        Assert.Empty(problems);
        return draft;
    }
}
