using System.Globalization;

namespace Harness.Scenarios;

/// <summary>Changes products and records the version that each change made.</summary>
/// <param name="kind">The step, and what the history calls the operation: <c>reprice</c>.</param>
/// <param name="visit">What the scenario was given.</param>
/// <param name="write">One change of one product, drawn.</param>
internal sealed class ProductWriting(
    string kind, ShopVisit visit, Func<ShopClient, string, Random, CancellationToken, Task<Answer<ProductView>>> write) : IVisitor
{
    private readonly ShopClient _shop = new(visit.System);

    public async Task<IResponse> RunAsync(IScenarioContext context) => await Step.Run(kind, context, () => WriteAsync(context));

    public void Dispose() => _shop.Dispose();

    /// <summary>Which product an iteration changes.</summary>
    public static string SkuOf(string kind, ShopVisit visit, IScenarioContext context) => Skus.Popular(visit.RandomOf(kind, context.InvocationNumber));

    private async Task<Response<ProductView>> WriteAsync(IScenarioContext context)
    {
        Random random = visit.RandomOf(kind, context.InvocationNumber);
        string sku = Skus.Popular(random);
        TimeSpan invoked = visit.Clock.Now;
        try
        {
            Answer<ProductView> answer = await write(_shop, sku, random, context.ScenarioCancellationToken);
            Record(context, sku, answer.Value?.Version.ToString(CultureInfo.InvariantCulture), invoked, answer.Outcome);
            return answer.ToResponse();
        }
        catch (OperationCanceledException)
        {
            // No sample for the load, but the change may yet be made, and the history must know who asked for it.
            Record(context, sku, version: null, invoked, Records.Outcome.Unknown);
            throw;
        }
    }

    private void Record(IScenarioContext context, string sku, string? version, TimeSpan invoked, Records.Outcome outcome) =>
        ClientProcess.Of(context, visit).Record(kind, sku, version, invoked, outcome);
}
