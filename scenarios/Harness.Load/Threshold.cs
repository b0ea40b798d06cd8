using System.Runtime.CompilerServices;

namespace Harness.Load;

/// <summary>Something that must hold for a scenario or one of its steps. Looked at once a second over the run so far; what decides is the
/// last look, over the whole run.</summary>
public sealed partial record Threshold
{
    private Threshold(Func<ScenarioStats, bool> holds, string checkExpression) => (Holds, CheckExpression) = (holds, checkExpression);

    internal Func<ScenarioStats, bool> Holds { get; }

    /// <summary>Null when it is about the whole scenario.</summary>
    public string? StepName { get; private init; }

    /// <summary>As it was written.</summary>
    public string CheckExpression { get; }

    /// <summary>The run ends when it did not hold in this many looks; null never.</summary>
    public int? AbortWhenErrorCount { get; private init; }

    /// <summary>No look is taken before; default from the start.</summary>
    public TimeSpan StartCheckAfter { get; private init; }

    public static Threshold Create(
        Func<ScenarioStats, bool> checkScenario,
        int? abortWhenErrorCount = null,
        TimeSpan? startCheckAfter = null,
        [CallerArgumentExpression(nameof(checkScenario))] string checkExpression = "") => new(checkScenario, checkExpression)
    {
        AbortWhenErrorCount = abortWhenErrorCount,
        StartCheckAfter = startCheckAfter ?? TimeSpan.Zero,
    };

    /// <summary>About one step; it does not hold while the step has not run.</summary>
    public static Threshold Create(
        string stepName,
        Func<StepStats, bool> checkStep,
        int? abortWhenErrorCount = null,
        TimeSpan? startCheckAfter = null,
        [CallerArgumentExpression(nameof(checkStep))] string checkExpression = "") => new(
        scenario => scenario.StepStats.FirstOrDefault(step => step.StepName == stepName) is { } step && checkStep(step), checkExpression)
    {
        StepName = stepName,
        AbortWhenErrorCount = abortWhenErrorCount,
        StartCheckAfter = startCheckAfter ?? TimeSpan.Zero,
    };
}

/// <summary>What came of a threshold.</summary>
/// <param name="ScenarioName">The scenario it belongs to.</param>
/// <param name="StepName">Null when it is about the whole scenario.</param>
/// <param name="CheckExpression">As it was written.</param>
/// <param name="ExceptionMsg">What the check itself threw when it was last looked at; null when it did not.</param>
/// <param name="ErrorCount">In how many looks it did not hold.</param>
/// <param name="IsFailed">Whether it did not hold over the whole run.</param>
public sealed record ThresholdResult(
    string ScenarioName, string? StepName, string CheckExpression, string? ExceptionMsg, int ErrorCount, bool IsFailed);
