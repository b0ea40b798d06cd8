using System.Globalization;
using System.Text.Json.Nodes;

namespace Harness.Chaos.Faults.Services;

/// <summary>Services hold memory that they have no use for, every page of it touched: what is left for their work and their collector is that much less.</summary>
public sealed record MemoryPressureFault : ServiceFault
{
    /// <summary>How many bytes in each service.</summary>
    public required long Bytes { get; init; }

    public override string Kind => MemoryPressureFaultKind.Word;

    public override IReadOnlyDictionary<string, string> Parameters => new Dictionary<string, string> { ["bytes"] = Bytes.ToString(CultureInfo.InvariantCulture) };

    internal override JsonObject Body => new() { ["kind"] = Kind, ["bytes"] = Bytes };
}

internal sealed class MemoryPressureFaultKind : IFaultKind
{
    public const string Word = "memory-pressure";

    public string Name => Word;

    public string Summary => "services hold memory that they have no use for: services, bytes (each)";

    public Fault Read(FaultFields fields)
    {
        long bytes = fields.Own.Required<long>("bytes", Experiments.Units.TryBytes, Experiments.Units.BytesForm);
        // Half of the machine for all of them together: the rest of it, and whoever else works on it, is not what is put wrong.
        IReadOnlyList<string> services = fields.Services();
        long most = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2 / Math.Max(1, services.Count);
        if (fields.Own.Has("bytes") && (bytes < 1_000_000 || bytes > most))
            fields.Own.Report("bytes", $"{fields.Own.Text("bytes")} is not between 1MB and {most / 1_000_000}MB, half of this machine's memory for all of them together");
        return new MemoryPressureFault { Parts = services, Bytes = bytes };
    }
}
