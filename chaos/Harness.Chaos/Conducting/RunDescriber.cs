using System.Globalization;
using System.Runtime.InteropServices;
using Harness.Chaos.Experiments;
using Harness.Records;

namespace Harness.Chaos.Conducting;

/// <summary>Says in the record's words what a request asks for and where it is run.</summary>
internal static class RunDescriber
{
    public static string RuntimeVersion => RuntimeInformation.FrameworkDescription;

    public static MachineDescription Machine() => new(
        RuntimeInformation.OSDescription,
        RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant(),
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    public static RunDescription Describe(RunRequest request, RunClock clock)
    {
        Experiment experiment = request.Experiment;
        return new RunDescription
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{clock.StartedAt:yyyyMMdd'T'HHmmss'Z'}-{experiment.Name}"),
            Experiment = experiment.Name,
            Hypothesis = experiment.Hypothesis,
            Seed = request.Seed,
            Command = request.Command,
            Commit = request.Commit,
            HarnessVersion = request.HarnessVersion,
            RuntimeVersion = RuntimeVersion,
            Machine = Machine(),
            Environment = request.Environment.Name,
            StartedAt = clock.StartedAt,
            Target = experiment.Target,
            Variant = experiment.Variant,
            Predicted = experiment.Predicted,
            Load = [.. experiment.Load.Select(stream => new PlannedLoad(stream.Scenario, stream.Shape.ToString().ToLowerInvariant(), stream.RatePerSecond))],
            Timeline = [.. experiment.Timeline.UnderLoad, new PlannedPhase(Phase.Settle, experiment.Timeline.Settle)],
            Faults = [.. experiment.Faults.Select(fault => fault.Planned)],
            Expect = experiment.Expect,
            Edges = [.. request.Environment.Edges.Select(edge => edge.ToString())],
            Source = experiment.Source,
        };
    }
}
