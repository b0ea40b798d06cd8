using Harness.Records;

namespace Harness.Checks.Linearizability;

/// <summary>Finds the shortest stretch of a register's history, up to the return that no order gets past, that has no order whatever the
/// register held before it.</summary>
/// <remarks>What was open when the stretch begins may have taken effect before it, so it counts as crashed there. Each stretch is searched
/// anew from every value that it could tell from others, so what is shown proves the matter by itself.</remarks>
internal static class WitnessWindow
{
    private const int MaxValues = 40;
    private const int MaxOperations = 60;
    private const long MaxNodes = 400_000;
    private const string AnyOther = "\0other";

    /// <param name="plan">Of the whole history.</param>
    /// <param name="level">Whose return no order gets past.</param>
    /// <param name="values">The register's.</param>
    /// <returns>In the order of invocation; null when no stretch short enough to show is proof by itself.</returns>
    public static IReadOnlyList<Operation>? Find(SearchPlan plan, int level, ValueNumbers values)
    {
        long left = MaxNodes;
        long other = values.NumberOf(AnyOther);
        int low = 0, high = level;
        IReadOnlyList<Operation>? shortest = null;

        // The later a stretch begins, the less it contradicts.
        while (low <= high && left > 0)
        {
            int middle = (low + high + 1) / 2;
            TimedStep[] stretch = Stretch(plan, middle, level);
            if (HasNoOrder(stretch, other, ref left))
                (shortest, low) = (Shown(stretch), middle + 1);
            else
                high = middle - 1;
        }

        return shortest is { Count: <= MaxOperations } ? shortest : null;
    }

    private static TimedStep[] Stretch(SearchPlan plan, int from, int level)
    {
        TimeSpan begin = from == 0 ? TimeSpan.MinValue : plan.Steps[plan.Returning[from - 1]].Returned!.Value;
        TimeSpan end = plan.Steps[plan.Returning[level]].Returned!.Value;
        HashSet<int> over = [.. plan.Returning.Take(from)], within = [.. plan.Returning[from..(level + 1)]];
        var stretch = new List<TimedStep>();
        for (int place = 0; place < plan.Steps.Length; place++)
        {
            TimedStep step = plan.Steps[place];
            bool isSure = within.Contains(place) && step.Invoked > begin;
            if (over.Contains(place) || step.Invoked > end || (!isSure && step.Step.ReadOnly))
                continue;

            stretch.Add(isSure ? step : step with { Returned = null });
        }

        stretch.AddRange(plan.Crashed.SelectMany(kind => Enumerable.Repeat(new TimedStep(kind.Step, TimeSpan.MinValue, null, default), kind.AvailableFrom.Length)));
        return [.. stretch];
    }

    private static bool HasNoOrder(TimedStep[] stretch, long other, ref long left)
    {
        long[] told = [.. stretch.Where(s => s.Step.Code is StepCode.Read or StepCode.Cas or StepCode.FailedCas).Select(s => s.Step.A).Append(other).Distinct()];
        if (told.Length > MaxValues || SearchPlanner.Plan(stretch) is not { } plan)
            return false;

        foreach (long before in told)
        {
            var search = new LinearizabilitySearch<RegisterModel>(plan, new RegisterModel(before));
            Verdict verdict = search.Continue(Math.Max(left, 1));
            left -= search.Nodes;
            if (verdict != Verdict.Fail)
                return false;
        }

        return true;
    }

    private static IReadOnlyList<Operation> Shown(TimedStep[] stretch) =>
        [.. stretch.Select(step => step.Source).Where(source => source.Kind is not null).OrderBy(source => source.Invoked)];
}
