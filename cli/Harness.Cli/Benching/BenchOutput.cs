using System.CommandLine;
using System.Text.Json;
using Harness.Records;

namespace Harness.Cli.Benching;

/// <summary>A table as it grows, or with <c>--json</c> one object at the end and the table on standard error.</summary>
internal sealed class BenchOutput
{
    public Option<bool> Json { get; } = new("--json") { Description = "Print one JSON object (format version 1) on standard output, the table on standard error." };

    /// <summary>Where the table goes.</summary>
    public TextWriter Table(ParseResult parsed) => parsed.GetValue(Json) ? Console.Error : Console.Out;

    /// <summary>The end of it.</summary>
    public void Write<T>(ParseResult parsed, T view)
    {
        if (parsed.GetValue(Json))
            Console.Out.WriteLine(JsonSerializer.Serialize(view, RecordJson.Document));
    }
}
