using System.CommandLine;
using System.Data.Common;
using Harness.Target.Storage;

namespace Harness.Target.Orders.Keeping;

/// <summary><c>rebuild-projection</c>: makes the orders that are read anew from the events that happened to them, also while Orders runs.</summary>
public sealed class RebuildProjectionCommandLine
{
    /// <summary>The first word, which tells this from a service.</summary>
    public const string Verb = "rebuild-projection";

    private readonly Option<string?> _data = new("--data") { Description = "The folder of Orders' database file.", HelpName = "FOLDER" };
    private readonly Option<string?> _postgres = CommandLine.Parsed<string?>(
        "--postgres", "Orders' PostgreSQL database in place of the file, \"Host=…;Database=…\"; the password from PGPASSWORD.", CommandLine.PostgresString);
    private readonly RootCommand _root;

    public RebuildProjectionCommandLine()
    {
        _postgres.HelpName = "STRING";
        _root = new RootCommand("Replays every event of --storage events, puts right which orders differ from what is read, and says how many those were.") { _data, _postgres };
    }

    /// <summary>Does it.</summary>
    /// <returns>0 when it was done; 2 for bad words or a database that cannot be had or has no events, every problem on <paramref name="errors"/>.</returns>
    public async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        var parsed = _root.Parse(args);
        if (parsed.Action is not null && parsed.Errors.Count == 0)
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = errors });
        var problems = parsed.Errors.Select(error => error.Message).ToList();
        var (folder, database) = problems.Count > 0 ? (null, null) : (parsed.GetValue(_data), parsed.GetValue(_postgres));
        if (problems.Count == 0 && folder is null == database is null)
            problems.Add($"{Verb}: say --data FOLDER or --postgres STRING, and not both.");
        else if (folder is not null && !File.Exists(ServiceHost.DatabaseFile(folder, ServiceName.Orders)))
            problems.Add($"--data: there is no {ServiceHost.DatabaseFile(folder, ServiceName.Orders)}.");
        try
        {
            if (problems.Count == 0)
            {
                using IStore store = database is null ? new SqliteStore(ServiceHost.DatabaseFile(folder!, ServiceName.Orders), OrderBook.Migrate) : new PostgresStore(database, OrderBook.Migrate);
                var report = await store.WriteAsync(Projection.Rebuild, CancellationToken.None);
                await output.WriteLineAsync(
                    $"{report.Orders} orders from {report.Events} events: {report.Missing} had been missing, {report.Different} differed, {report.Extra} had no events and were removed.");
                return 0;
            }
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            problems.Add($"{Verb}: {e.Message}");
        }

        foreach (var problem in problems)
            await errors.WriteLineAsync(problem);
        return 2;
    }
}
