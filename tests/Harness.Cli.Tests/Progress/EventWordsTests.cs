using Harness.Cli.Progress;
using Harness.Records;

namespace Harness.Cli.Tests.Progress;

public sealed class EventWordsTests
{
    [Fact]
    public void Shows_the_numbers_of_a_faults_evidence()
    {
        string line = EventWords.Line(new TimelineEvent
        {
            At = TimeSpan.Zero,
            Kind = EventKind.FaultEvidence,
            Subject = "cut",
            Numbers = new Dictionary<string, double> { ["connections"] = 2, ["bytes"] = 4711 },
        });

        Assert.Equal("fault seen on the wire: cut 2 connections, 4711 bytes", line);
    }

    [Fact]
    public void Has_words_of_its_own_for_every_kind_of_event() =>
        Assert.All(Enum.GetValues<EventKind>().Where(kind => kind != EventKind.Note), kind =>
            Assert.NotEqual("note:", EventWords.Line(new TimelineEvent { At = TimeSpan.Zero, Kind = kind })));
}
