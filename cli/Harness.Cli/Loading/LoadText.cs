using System.Globalization;
using Harness.Cli.Progress;
using Harness.Cli.Running;
using Harness.Load;
using Harness.Load.Reporting;

namespace Harness.Cli.Loading;

/// <summary>Prints what came of a load.</summary>
internal static class LoadText
{
    /// <summary>The numbers, then the verdict, then where to read on.</summary>
    public static void Print(RunResult result, LoadResult? load, TextWriter output)
    {
        if (load is not null)
            PrintNumbers(load, output);
        VerdictText.Print(result, output);
        output.WriteLine($"  files    {result.Outcome.Folder} (load.json, load.csv, load.md, latency.hlog)");
    }

    private static void PrintNumbers(LoadResult load, TextWriter output)
    {
        output.WriteLine();
        foreach (LoadRow row in LoadRow.Of(load))
        {
            LatencyRow ms = row.Latency;
            string name = row.Step is null ? row.Scenario : "  " + row.Step;
            string arrivals = row.Due is { } due ? string.Create(CultureInfo.InvariantCulture, $"due {due}, ") : "";
            string lost = row.Dropped > 0 || row.Open > 0 ? string.Create(CultureInfo.InvariantCulture, $", dropped {row.Dropped}, open {row.Open}") : "";
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {name,-18} {arrivals}ok {row.Ok} ({row.OkPerSecond:0.#}/s), refused {row.Refused}, unknown {row.Unknown}{lost}"));
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {"",-18} p50 {ms.P50:0.##} ms, p90 {ms.P90:0.##}, p99 {ms.P99:0.##}, p99.9 {ms.P999:0.##}, p99.99 {ms.P9999:0.##}, max {ms.Max:0.##}"));
            if (row.Errors.Count > 0)
                output.WriteLine($"  {"",-18} {string.Join(", ", row.Errors.OrderByDescending(one => one.Value).Select(one => $"{one.Key} {one.Value.ToString(CultureInfo.InvariantCulture)}"))}");
        }

        GeneratorCertificate own = load.Generator;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {"generator",-18} asked {own.Asked}, sent {own.Sent}, late {own.Late}, dropped {own.Dropped}, open {own.Open}; lateness p99 {own.LatenessP99.TotalMilliseconds:0.##} ms, "
                + $"CPU {own.Cpu.TotalSeconds:0.00} s, GC {own.GcPause.TotalMilliseconds:0.0} ms"));
    }
}
