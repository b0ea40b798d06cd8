using Harness.Target.Chaos.Bus;
using Harness.Target.Chaos.Calls;
using Harness.Target.Chaos.Process;
using Harness.Target.Messaging;

namespace Harness.Target.Chaos;

/// <summary>What a service has beside everything else when it was started with a token; without one there is none of it.</summary>
internal static class ChaosParts
{
    /// <summary>Adds what can put it wrong.</summary>
    /// <param name="time">The true clock.</param>
    /// <returns>The clock that the service goes by.</returns>
    public static TimeProvider Add(IServiceCollection services, ServiceOptions options, TimeProvider time)
    {
        services.AddSingleton(provider => new LiveSettings(provider.GetService<ChaosBoard>(), options));
        if (options.ChaosToken is null)
            return time;
        var clock = new ShiftedTime(time);
        services.AddSingleton(provider =>
        {
            var board = new ChaosBoard(time, provider);
            clock.Follow(board);
            return board;
        });
        services.AddHostedService(provider => provider.GetRequiredService<ChaosBoard>());
        services.AddSingleton(provider => new CallChaos(provider.GetRequiredService<ChaosBoard>(), time, new Random(options.Seed)));
        return clock;
    }

    /// <summary>The bus, between whose two ends faults of messages can be put.</summary>
    public static IBus Wrap(IBus bus, ServiceOptions options, IServiceProvider provider) => provider.GetService<ChaosBoard>() is { } board
        ? new ChaosBus(bus, board, provider.GetRequiredService<TimeProvider>(), new Random(options.Seed))
        : bus;

    /// <summary>Puts up the way in, and what requests go through.</summary>
    public static void Use(WebApplication app, ServiceOptions options)
    {
        if (options.ChaosToken is not { } token)
            return;
        RequestChaos.Use(app, app.Services.GetRequiredService<CallChaos>());
        ChaosEndpoint.Map(app, token, options);
    }
}
