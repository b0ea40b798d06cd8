using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;

namespace Harness.Chaos.Tests.Environments;

public sealed class SwitchReaderTests
{
    private readonly List<Problem> _problems = [];

    [Fact]
    public void Reads_words_numbers_and_durations_and_takes_the_last_word_on_a_switch()
    {
        IReadOnlyDictionary<string, string> switches = SwitchReader.Read(["reads=cached", "stock=12", "reads=strong", "saga-deadline=1.5s"], _problems);

        Assert.Empty(_problems);
        Assert.Equal(new Dictionary<string, string> { ["reads"] = "strong", ["stock"] = "12", ["saga-deadline"] = "1500ms" }, switches);
    }

    [Fact]
    public void Reports_every_problem_at_once_with_the_value_and_the_nearest_name()
    {
        SwitchReader.Read(["reads", "reeds=strong", "reads=stronk", "stock=-1", "saga-deadline=soon", "saga-deadline=2000m"], _problems);

        Assert.Collection(
            _problems,
            one => Assert.Contains("'reads' is not name=value", one.Message),
            one => Assert.Contains("did you mean 'reads'?", one.Message),
            one => Assert.Contains("did you mean 'strong'?", one.Message),
            one => Assert.Contains("'-1' is no stock", one.Message),
            one => Assert.Contains("'soon' is no saga-deadline", one.Message),
            one => Assert.Contains("'2000m' is no saga-deadline", one.Message));
    }
}
