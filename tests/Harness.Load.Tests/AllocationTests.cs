namespace Harness.Load.Tests;

[CollectionDefinition(nameof(AlonePart), DisableParallelization = true)]
public sealed class AlonePart;

/// <summary>Measures the whole process, so nothing else may run beside it.</summary>
[Collection(nameof(AlonePart))]
public sealed class AllocationTests
{
    private const int Iterations = 1_000_000;
    private static readonly Task<IResponse> Answer = Task.FromResult<IResponse>(Response.Ok());

    [Fact]
    public async Task Allocates_nothing_for_an_iteration_of_the_closed_model()
    {
        long before = 0;
        long after = 0;
        int warmth = 10_000;
        int done = 0;
        using var cancel = new CancellationTokenSource();
        Task<LoadResult> running = LoadRunner.RegisterScenarios(Scenario.Create("no-op", _ =>
        {
            done++;
            if (done == warmth)
                before = GC.GetTotalAllocatedBytes();
            if (done == warmth + Iterations)
            {
                after = GC.GetTotalAllocatedBytes();
                cancel.Cancel();
            }

            return Answer;
        }).WithLoadSimulations(Simulation.KeepConstant(1, Finished.Limit))).RunAsync(cancel.Token);

        await running;

        Assert.True(done >= warmth + Iterations, $"only {done} iterations within {Finished.Limit}");
        AssertNothing(after - before);
    }

    [Fact]
    public async Task Allocates_nothing_for_an_arrival_of_the_open_model()
    {
        const double Rate = 200_000;
        TimeSpan during = TimeSpan.FromSeconds(Iterations / Rate);
        LoadRun Run(TimeSpan lasting) => LoadRunner.RegisterScenarios(
            Scenario.Create("no-op", _ => Answer).WithLoadSimulations(Simulation.Constant(Rate, lasting)));

        await Run(TimeSpan.FromSeconds(0.5)).RunAsync(TestContext.Current.CancellationToken);
        long before = GC.GetTotalAllocatedBytes();
        LoadResult result = await Run(during).RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(Iterations, result.Scenarios[0].Total.Due);
        AssertNothing(GC.GetTotalAllocatedBytes() - before);
    }

    // What a run costs once and each second (histograms, virtual users) is some MB; the smallest object an iteration, 24 bytes, would be 24 MB.
    private static void AssertNothing(long bytes) => Assert.InRange(bytes, 0, 20 * Iterations);
}
