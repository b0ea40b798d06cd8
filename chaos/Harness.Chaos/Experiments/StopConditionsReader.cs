namespace Harness.Chaos.Experiments;

/// <summary>Reads <c>stop-when:</c>.</summary>
internal sealed class StopConditionsReader(LoadedScenarios load)
{
    private const string Failures = "failures";
    private static readonly string[] Kinds = ["availability", Failures];

    public IReadOnlyList<StopCondition> Read(MappingReader root)
    {
        var conditions = new List<StopCondition>();
        foreach (MappingReader entry in root.Mappings("stop-when"))
        {
            foreach (string kind in entry.Kind("a stop condition", Kinds))
            {
                if (entry.Mapping(kind) is { } fields)
                    conditions.Add(kind == Failures ? ReadFailures(fields) : ReadAvailability(fields));
            }
        }

        return conditions;
    }

    private AvailabilityStop ReadAvailability(MappingReader fields)
    {
        string scenario = load.Read(fields);
        double below = fields.Required<double>("below", Units.TryRatio, Units.RatioForm);
        TimeSpan over = fields.Required<TimeSpan>("over", Units.TryDuration, Units.DurationForm);
        if (over.Ticks % TimeSpan.TicksPerSecond != 0 || (over == TimeSpan.Zero && fields.Text("over") is "0s" or "0ms" or "0m"))
            fields.Report("over", $"{Units.Text(over)} must be whole seconds, at least one");
        fields.RejectUnknownKeys();
        return new AvailabilityStop(scenario, below, over);
    }

    private FailuresStop ReadFailures(MappingReader fields)
    {
        string scenario = load.Read(fields);
        long count = fields.Required<long>("consecutive", Units.TryCount, Units.CountForm);
        fields.RejectUnknownKeys();
        return new FailuresStop(scenario, count);
    }
}
