using Harness.Records;

namespace Harness.Checks.Linearizability;

/// <summary>The search over one key, and what it found.</summary>
internal sealed class KeySearch
{
    private const long MaxCharacters = 64L * 1024 * 1024;

    // Each node may make several long texts, so their size is looked at often.
    private const long NodesBetweenLooks = 50;
    private readonly SequentialObject _about;
    private readonly ValueNumbers _values;
    private Witness? _witness;

    private KeySearch(string key, SequentialObject about, ValueNumbers values, ILinearizabilitySearch? search)
    {
        (Key, _about, _values, Search) = (key, about, values, search);
    }

    public string Key { get; }

    /// <summary>Null when none was needed, and when more is open at once than a search can hold.</summary>
    public ILinearizabilitySearch? Search { get; }

    public Verdict Verdict { get; private set; }

    /// <exception cref="FormatException">An operation is none that the object knows.</exception>
    public static KeySearch Of(string key, IEnumerable<Operation> operations, SequentialObject about)
    {
        if (about.Kind == ObjectKind.Register)
        {
            Verdict verdict = UniqueValueRegister.Judge(operations, about, out Witness? witness);
            if (verdict != Verdict.Unknown)
                return new KeySearch(key, about, new ValueNumbers(), null) { Verdict = verdict, _witness = witness };
        }

        return Searched(key, operations, about);
    }

    private static KeySearch Searched(string key, IEnumerable<Operation> operations, SequentialObject about)
    {
        var values = new ValueNumbers();
        var reader = new StepReader(about, values);
        TimedStep[] steps = [.. operations.Select(o => reader.Read(o)).OfType<TimedStep>()];
        ILinearizabilitySearch? search = SearchPlanner.Plan(steps) is not { } plan ? null : about.Kind switch
        {
            ObjectKind.Counter => Race(plan, new CounterModel()),
            ObjectKind.KeyValue => Race(plan, new AppendModel(values)),
            _ => Race(plan, new RegisterModel(values.NumberOf(about.Initial))),
        };
        return new KeySearch(key, about, values, search);
    }

    private static SearchRace Race<TModel>(SearchPlan plan, TModel model)
        where TModel : struct, ISequentialModel =>
        new(new LinearizabilitySearch<TModel>(plan, model), () => new BreadthFirstSearch<TModel>(plan, model));

    /// <summary>Undecided, and neither too much to hold at once nor too much text.</summary>
    public bool MayContinue => Verdict == Verdict.Unknown && Search is not null && _values.Characters < MaxCharacters;

    /// <returns>How many nodes more are remembered now.</returns>
    public int Continue(long nodes)
    {
        int before = Search!.VisitedCount;
        long step = _about.Kind == ObjectKind.KeyValue ? NodesBetweenLooks : nodes;
        for (long left = nodes; left > 0 && MayContinue; left -= step)
            Verdict = Search.Continue(step);
        return Search.VisitedCount - before;
    }

    /// <summary>Shows why there is no order: the return that none got past.</summary>
    public Witness Explain() => _witness ??= ExplainSearch();

    private Witness ExplainSearch()
    {
        SearchPlan plan = Search!.Plan;
        int level = Search.DeepestLevel;
        Operation stuck = plan.Steps[plan.Returning[level]].Source;
        string[] states = [.. Search.DeepestStates.Take(5).Select(Name).Order(StringComparer.Ordinal)];
        string more = Search.DeepestStates.Count > states.Length ? ", …" : "";
        Operation[] beside = [.. plan.OpenAt(level).ToArray().Select(place => plan.Steps[place].Source).Where(o => o != stuck)];
        string fact = $"{OperationText.Of(stuck)} fits nowhere: in every order of what came before it the value is {string.Join(" or ", states)}{more} by then.";
        if (_about.Kind == ObjectKind.Register && WitnessWindow.Find(plan, level, _values) is { } window)
        {
            return new Witness(
                [fact, $"Whatever the value was before, the {Plural.Of(window.Count, "operation")} shown here cannot be put in an order."], window);
        }

        return new Witness(
            [
                fact,
                $"{Plural.Of(beside.Length, "operation")} were open beside it.",
            ],
            [.. WhereItCameFrom(plan, stuck), .. beside, stuck]);
    }

    private string Name(long state) => _about.Kind == ObjectKind.Counter ? $"{state}" : _values.ValueOf(state) ?? "nil";

    private static IEnumerable<Operation> WhereItCameFrom(SearchPlan plan, Operation stuck) => plan.Steps
        .Select(step => step.Source)
        .Where(o => o.Kind is "write" or "put" && o.Value == stuck.Value && o.Completed < stuck.Invoked)
        .TakeLast(1);
}
