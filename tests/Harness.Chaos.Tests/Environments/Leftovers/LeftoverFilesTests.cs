using System.Diagnostics;
using System.Text.Json;
using Harness.Chaos.Environments.Externals;
using Harness.Chaos.Environments.Leftovers;
using Harness.Chaos.Environments.Processes;
using Harness.Toxiproxy;

namespace Harness.Chaos.Tests.Environments.Leftovers;

/// <summary>What a harness meant to undo and did not come to, the next one undoes; what a living one holds it leaves alone.</summary>
public sealed class LeftoverFilesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("harness-test-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_journal_is_gone_when_all_of_it_is_undone()
    {
        using var journal = new IntentJournal(_root);
        int folder = journal.Note(new FolderIntent("/nowhere")), fault = journal.Note(new FaultIntent("partition on orders -> redis"));
        Assert.Equal(3, File.ReadLines(TheFile()).Count());

        journal.Undone(folder);
        journal.Undone(folder);
        Assert.NotEmpty(Files());
        journal.Undone(fault);

        Assert.Empty(Files());
    }

    [Fact]
    public async Task What_a_living_harness_holds_is_left_alone()
    {
        string folder = OwnFolder();
        using var journal = new IntentJournal(_root);
        journal.Note(new FolderIntent(folder));

        LeftoverReport report = await CleanAsync();

        Assert.Empty(report.Undone);
        Assert.True(Directory.Exists(folder));
        Assert.NotEmpty(Files());
        Directory.Delete(folder);
    }

    [Fact]
    public async Task A_folder_of_a_harness_that_is_gone_is_removed_and_the_faults_that_were_in_place_are_told()
    {
        string folder = OwnFolder();
        Leave(new FolderIntent(folder), new FaultIntent("partition on orders -> redis"));

        LeftoverReport report = await CleanAsync();

        Assert.Equal(["partition on orders -> redis"], report.Found);
        Assert.Contains(folder, Assert.Single(report.Undone), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
        Assert.Empty(Files());
    }

    [Fact]
    public async Task No_line_of_a_journal_removes_a_folder_that_is_not_ours()
    {
        string other = Path.Combine(_root, "harness-run-1-precious");
        Directory.CreateDirectory(other);
        Leave(new FolderIntent(other), new FolderIntent("/"), new FolderIntent(Path.Combine(Path.GetTempPath(), "harness-run-x", "..", Path.GetFileName(_root))));

        LeftoverReport report = await CleanAsync();

        Assert.Empty(report.Undone);
        Assert.True(Directory.Exists(other));
    }

    [Fact]
    public async Task A_process_that_was_left_stopped_goes_and_another_that_has_its_number_stays()
    {
        Assert.SkipUnless(ProcessTree.IsKnown, "Reads /proc.");
        using Process left = Start(), another = Start();
        try
        {
            Signals.Send(left.Id, Signal.Stop);
            while (!IsStopped(left.Id)) // A signal is not obeyed at once.
                await Task.Delay(5, Token);
            left.StandardInput.Close(); // As the death of whoever held it does.
            ProcessMark known = ProcessMark.Of(another.Id)!;
            Leave(new ProcessIntent("payments", ProcessMark.Of(left.Id)!), new ProcessIntent("orders", known with { Birth = "1" }), new ProcessIntent("inventory", known with { Boot = "before" }));

            LeftoverReport report = await CleanAsync();

            Assert.Equal([$"process {left.Id} (payments) was stopped; it was continued and ended"], report.Undone);
            Assert.False(another.HasExited);
        }
        finally
        {
            left.Kill();
            another.Kill();
        }
    }

    private static bool IsStopped(int id) => File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1][0] == 'T';

    [Fact]
    public async Task A_process_that_does_not_go_is_killed()
    {
        Assert.SkipUnless(ProcessTree.IsKnown, "Reads /proc.");
        using Process left = Start();
        Leave(new ProcessIntent("payments", ProcessMark.Of(left.Id)!));

        LeftoverReport report = await CleanAsync();

        Assert.Equal([$"process {left.Id} (payments) still ran and was killed"], report.Undone);
        await left.WaitForExitAsync(Token);
    }

    [Fact]
    public async Task Proxies_of_somebody_else_are_put_back_as_soon_as_they_can_be_reached()
    {
        await using ToxiproxyServer server = await ToxiproxyServer.StartAsync(new ToxiproxyServerOptions { Port = 0, Seed = 1 }, Token);
        using var client = new ToxiproxyClient(server.Url);
        await client.CreateProxyAsync("theirs", "127.0.0.1:0", "127.0.0.1:1", Token);
        await client.CreateProxyAsync("ours", "127.0.0.1:0", "127.0.0.1:1", Token);
        await client.AddToxicAsync("theirs", new LatencyToxic { Name = "left", Latency = TimeSpan.FromMilliseconds(100) }, Token);
        await client.SetEnabledAsync("theirs", false, Token);
        var found = new ProxiesFound(server.Url, null, ["ours"], new Dictionary<string, IReadOnlyList<string>> { ["theirs"] = [] });
        Leave(new ProxiesIntent(found));

        LeftoverReport report = await CleanAsync();

        Assert.Contains("were put back", Assert.Single(report.Undone), StringComparison.Ordinal);
        KeyValuePair<string, Proxy> left = Assert.Single(await client.GetProxiesAsync(Token));
        Assert.Equal("theirs", left.Key);
        Assert.True(left.Value.Enabled);
        Assert.Empty(left.Value.Toxics);
    }

    [Fact]
    public async Task What_cannot_be_reached_is_still_wrong_says_how_to_mend_it_and_is_tried_again()
    {
        var found = new ProxiesFound(new Uri("http://127.0.0.1:1"), null, ["ours"], new Dictionary<string, IReadOnlyList<string>>());
        Leave(new ProxiesIntent(found));

        LeftoverReport report = await CleanAsync();

        Assert.Contains("./harness heal --leftovers", Assert.Single(report.Still), StringComparison.Ordinal);
        Assert.NotEmpty(Files());
    }

    [Fact]
    public async Task A_line_that_broke_off_ends_the_journal_and_not_the_cleaning()
    {
        string folder = OwnFolder();
        Leave(new FolderIntent(folder));
        File.AppendAllText(TheFile(), "{\"id\":2,\"mea");

        LeftoverReport report = await CleanAsync();

        Assert.Single(report.Undone);
        Assert.Empty(Files());
    }

    /// <summary>A journal of a process that is gone.</summary>
    private void Leave(params IReadOnlyList<Intent> intents)
    {
        Directory.CreateDirectory(Path.Combine(_root, IntentJournal.FolderName));
        IntentLine[] lines =
        [
            new IntentLine { Holder = new ProcessMark(Environment.ProcessId, "1", ProcessMark.PresentBoot), Command = "run x.yaml" },
            .. intents.Select((intent, at) => new IntentLine { Id = at + 1, Meant = intent }),
        ];
        File.WriteAllLines(Path.Combine(_root, IntentJournal.FolderName, "gone.jsonl"), lines.Select(line => JsonSerializer.Serialize(line, IntentJournal.Format)));
    }

    private Task<LeftoverReport> CleanAsync() => new LeftoverFiles(_root, new LeftoverUndoing(null)).RunAsync(Token);

    private string[] Files() => Directory.GetFiles(Path.Combine(_root, IntentJournal.FolderName));

    private string TheFile() => Files().Single();

    private static string OwnFolder()
    {
        string folder = Path.Combine(Path.GetTempPath(), $"harness-run-{Environment.ProcessId}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        return folder;
    }

    /// <summary>Ends with its input.</summary>
    private static Process Start() =>
        Process.Start(new ProcessStartInfo("cat") { RedirectStandardInput = true, RedirectStandardOutput = true })!;
}
