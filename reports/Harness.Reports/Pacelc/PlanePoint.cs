namespace Harness.Reports.Pacelc;

/// <summary>A mode on a plane, with the box in which it may as well lie.</summary>
/// <param name="Name">The mode's.</param>
/// <param name="X">With <paramref name="XLower"/> and <paramref name="XUpper"/>, in the axis's unit.</param>
/// <param name="XLower">At most <paramref name="X"/>.</param>
/// <param name="XUpper">At least <paramref name="X"/>.</param>
/// <param name="Y">Not negative; with its bounds as X.</param>
/// <param name="YLower">At most <paramref name="Y"/>.</param>
/// <param name="YUpper">At least <paramref name="Y"/>.</param>
internal sealed record PlanePoint(string Name, double X, double XLower, double XUpper, double Y, double YLower, double YUpper);
