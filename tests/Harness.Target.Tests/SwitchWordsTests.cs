using Harness.Chaos.Environments;

namespace Harness.Target.Tests;

/// <summary>What an experiment's <c>target:</c> may say is what the program understands.</summary>
public sealed class SwitchWordsTests
{
    public static TheoryData<string, string> Words => new(
        OrderSystemSwitches.Words.SelectMany(pair => pair.Value.Select(word => (pair.Key, word))));

    [Theory]
    [MemberData(nameof(Words))]
    public void Takes_every_word_that_an_experiment_may_set(string name, string word)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        string[] sound = ["--service", "inventory", "--urls", "http://127.0.0.1:5001", "--data", "d", "--redis", "127.0.0.1:6379", "--postgres", "Host=h;Database=d"];
        new CommandLine().Read([.. sound, "--" + name, word], output, errors, out var exitCode);
        Assert.Equal((0, ""), (exitCode, errors.ToString()));
    }

    [Fact]
    public void Has_no_bug_that_an_experiment_could_not_plant() => Assert.Equal(Bugs.Names, OrderSystemSwitches.Words["bug"]);

    [Fact]
    public void Takes_durations_as_an_experiment_hands_them_on()
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        string[] sound = ["--service", "inventory", "--urls", "http://127.0.0.1:5001", "--data", "d", "--redis", "127.0.0.1:6379"];
        var options = new CommandLine().Read([.. sound, "--saga-deadline", OrderSystemSwitches.Duration("1.5s")!], output, errors, out _);
        Assert.Equal(TimeSpan.FromSeconds(1.5), options?.SagaDeadline);
    }
}
