using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Harness.Load.Reporting;

/// <summary>Writes what came of a load for programs and for people.</summary>
public static class LoadReports
{
    /// <summary>Of the shape of the JSON; changes when a name or a meaning does.</summary>
    public const int FormatVersion = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>Writes <c>load.json</c>, <c>load.md</c> and <c>load.csv</c> into the folder, over older ones.</summary>
    /// <returns>The files, in that order.</returns>
    public static IReadOnlyList<string> Write(LoadResult result, string folder, string name = "load")
    {
        Directory.CreateDirectory(folder);
        (string Extension, string Text)[] files = [("json", ToJson(result)), ("md", ToMarkdown(result)), ("csv", ToCsv(result))];
        return [.. files.Select(file =>
        {
            string path = Path.Combine(folder, $"{name}.{file.Extension}");
            File.WriteAllText(path, file.Text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            return path;
        })];
    }

    /// <summary>Everything, with durations in seconds and latencies in ms.</summary>
    public static string ToJson(LoadResult result) => JsonSerializer.Serialize(LoadSummary.Of(result), Json);

    /// <summary>A line for each row of <see cref="LoadRow"/>, with a head line.</summary>
    public static string ToCsv(LoadResult result)
    {
        var text = new StringBuilder(
            "scenario,step,due,sent,ok,refused,unknown,dropped,open,ok_per_second,p50_ms,p90_ms,p95_ms,p99_ms,p99.9_ms,p99.99_ms,max_ms,mean_ms,errors\n");
        foreach (LoadRow row in LoadRow.Of(result))
        {
            LatencyRow ms = row.Latency;
            text.AppendJoin(
                ',',
                Quoted(row.Scenario), Quoted(row.Step ?? ""), Whole(row.Due), Whole(row.Sent), Whole(row.Ok), Whole(row.Refused), Whole(row.Unknown),
                Whole(row.Dropped), Whole(row.Open), Number(row.OkPerSecond), Number(ms.P50), Number(ms.P90), Number(ms.P95), Number(ms.P99),
                Number(ms.P999), Number(ms.P9999), Number(ms.Max), Number(ms.Mean), Quoted(ErrorText(row, " ")));
            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The same as tables, with what the generator says of itself.</summary>
    public static string ToMarkdown(LoadResult result)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Load over {result.Duration.TotalSeconds:0.0} s, seed {result.Seed}");
        text.Append(result.Cancelled ? ", interrupted" : result.StopReason is { } reason ? $", stopped: {Cell(reason)}" : "").Append(".\n\n");
        text.Append("| scenario | due | ok | refused | unknown | dropped | open | ok/s | p50 ms | p90 | p99 | p99.9 | p99.99 | max | errors |\n");
        text.Append("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|\n");
        foreach (LoadRow row in LoadRow.Of(result))
        {
            string name = row.Step is null ? Cell(row.Scenario) : $"· {Cell(row.Step)}";
            LatencyRow ms = row.Latency;
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {name} | {Whole(row.Due)} | {row.Ok} | {row.Refused} | {row.Unknown} | {Whole(row.Dropped)} | {Whole(row.Open)} | {row.OkPerSecond:0.#} | ");
            text.Append(
                CultureInfo.InvariantCulture,
                $"{ms.P50:0.##} | {ms.P90:0.##} | {ms.P99:0.##} | {ms.P999:0.##} | {ms.P9999:0.##} | {ms.Max:0.##} | {Cell(ErrorText(row, ", "))} |\n");
        }

        text.Append("\nResponse times count from the moment an arrival was due.\n");
        AppendThresholds(result, text);
        AppendGenerator(result.Generator, text);
        return text.ToString();
    }

    private static void AppendThresholds(LoadResult result, StringBuilder text)
    {
        if (result.Thresholds.Count == 0)
            return;
        text.Append("\n| threshold | of | held | looks failed |\n|---|---|---|--:|\n");
        foreach (ThresholdResult threshold in result.Thresholds)
        {
            string of = threshold.StepName is null ? threshold.ScenarioName : $"{threshold.ScenarioName}, {threshold.StepName}";
            text.Append(CultureInfo.InvariantCulture, $"| {Cell(threshold.CheckExpression)} | {Cell(of)} | {(threshold.IsFailed ? "no" : "yes")} | {threshold.ErrorCount} |\n");
        }
    }

    private static void AppendGenerator(GeneratorCertificate generator, StringBuilder text)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"\nGenerator: asked {generator.Asked}, sent {generator.Sent}, late {generator.Late}, dropped {generator.Dropped}, open {generator.Open}; ");
        text.Append(
            CultureInfo.InvariantCulture,
            $"lateness p50 {generator.LatenessP50.TotalMilliseconds:0.##} ms, p99 {generator.LatenessP99.TotalMilliseconds:0.##} ms, max {generator.LatenessMax.TotalMilliseconds:0.##} ms; ");
        text.Append(
            CultureInfo.InvariantCulture,
            $"CPU {generator.Cpu.TotalSeconds:0.00} s, garbage collector {generator.GcPause.TotalMilliseconds:0.0} ms.\n");
        foreach (string problem in generator.Problems)
            text.Append(CultureInfo.InvariantCulture, $"\n**The generator was the bottleneck: {Cell(problem)}.**\n");
        foreach (string note in generator.Notes)
            text.Append(CultureInfo.InvariantCulture, $"\nNote: {Cell(note)}.\n");
    }

    private static string ErrorText(LoadRow row, string between) => string.Join(between, row.Errors
        .OrderByDescending(error => error.Value).ThenBy(error => error.Key, StringComparer.Ordinal).Select(error => $"{error.Key} {error.Value}"));

    // What came from a target or a scenario's own code must not end a cell or a line.
    private static string Cell(string text) =>
        text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).ReplaceLineEndings(" ");

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0
        ? text
        : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Whole(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Number(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
