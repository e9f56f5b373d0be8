using System.Reflection;

namespace ClusterEmu.Api.Tests;

/// <summary>The rules that ObjectMeta's remarks give for all records.</summary>
public class RecordRulesTests
{
    public static TheoryData<Type> Records()
    {
        var found = new TheoryData<Type>();
        var todo = new Queue<Type>(KindCatalog.All.Select(kind => kind.ClrType).Concat([typeof(Binding), typeof(Scale), typeof(Eviction), typeof(Status), typeof(Table), typeof(DeleteOptions)]));
        var seen = new HashSet<Type>();
        while (todo.TryDequeue(out var type))
        {
            if (!seen.Add(type)) continue;
            found.Add(type);
            foreach (var property in Fields(type))
            {
                var part = property.PropertyType.IsGenericType ? property.PropertyType.GenericTypeArguments[^1] : property.PropertyType;
                if (part.Assembly == type.Assembly && part.IsClass && part != typeof(ManagedFields)) todo.Enqueue(part);
            }
        }
        return found;
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void WhatAManifestMayLeaveOutNeverReadsAsNull(Type record)
    {
        var nullability = new NullabilityInfoContext();
        var empty = Activator.CreateInstance(record);
        foreach (var property in Fields(record))
        {
            if (nullability.Create(property).ReadState == NullabilityState.Nullable) continue;
            Assert.True(property.GetValue(empty) is not null, $"{record.Name}.{property.Name} reads null; give it a getter with 'field ??', or make it nullable");
        }
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void RecordsAreImmutable(Type record)
    {
        foreach (var property in Fields(record))
        {
            var setter = property.SetMethod;
            Assert.True(
                setter is null || setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit)),
                $"{record.Name}.{property.Name} can be set; use init");
        }
    }

    private static IEnumerable<PropertyInfo> Fields(Type record) =>
        record.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.Name != "EqualityContract");
}
