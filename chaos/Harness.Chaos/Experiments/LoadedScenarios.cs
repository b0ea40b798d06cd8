namespace Harness.Chaos.Experiments;

/// <summary>The scenarios that an experiment loads: the only ones of which something can be expected.</summary>
internal sealed class LoadedScenarios(IReadOnlyList<LoadStream> load, Vocabulary vocabulary)
{
    /// <summary>Reads the key <c>scenario</c>; a name that is not loaded is a problem.</summary>
    public string Read(MappingReader fields)
    {
        string scenario = fields.RequiredText("scenario");
        if (scenario.Length > 0 && !IsLoaded(scenario))
            fields.Report("scenario", $"'{scenario}' is not loaded; {NearestName.Hint(scenario, load.Select(stream => stream.Scenario))}");
        return scenario;
    }

    // A name misspelled under load: was reported there; complaining about each right spelling of it would only hide that.
    private bool IsLoaded(string scenario) =>
        load.Any(stream => stream.Scenario == scenario)
        || (vocabulary.Scenarios.Contains(scenario) && load.Any(stream => !vocabulary.Scenarios.Contains(stream.Scenario)));
}
